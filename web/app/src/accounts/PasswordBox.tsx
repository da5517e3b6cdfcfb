import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Box } from "../ui/Box";
import { FormActions } from "../ui/FormActions";
import { useToasts } from "../ui/Toasts";
import { useInPlace } from "../ui/useInPlace";
import styles from "./AccountForm.module.css";
import { changePassword } from "./accounts";
import { faultsOf } from "./formFields";
import { NewPassword } from "./NewPassword";
import { ProofFields, useProof } from "./ProofFields";
import { useAccount } from "./useMe";

// The own password: changed with the old one, which also signs out every other device.
export function PasswordBox() {
  const { t } = useTranslation();
  const { form, opener, close } = useInPlace<"change">();
  return (
    <Box title={t("signIn.password")}>
      {form === "change" ? (
        <ChangeForm close={close} />
      ) : (
        <div className={styles.row}>
          <p className={styles.words}>{t("passwordBox.about")}</p>
          <Button {...opener("change")}>{t("passwordBox.change")}</Button>
        </div>
      )}
    </Box>
  );
}

function ChangeForm({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { user, organization } = useAccount();
  const { show } = useToasts();
  const proof = useProof();
  const change = useMutation({
    mutationFn: async (typed: FormData) =>
      changePassword({
        ...(await proof.of(typed)),
        new_password: String(typed.get("new_password")),
      }),
    onSuccess: () => {
      show({ text: t("passwordBox.done") });
      close();
    },
  });
  const faults = faultsOf(change.error, ["new_password"]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(new FormData(event.currentTarget));
      }}
    >
      <ProofFields
        proof={proof}
        problem={change.error}
        others={["new_password"]}
        label={t("passwordBox.current")}
        autoFocus
      />
      <NewPassword
        name="new_password"
        label={t("newPassword.new")}
        error={faults.at("new_password")}
        known={[user.name, user.email, organization?.name ?? ""]}
      />
      <FormActions act={t("passwordBox.do")} busy={change.isPending} close={close} />
    </form>
  );
}
