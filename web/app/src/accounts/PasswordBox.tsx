import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Box } from "../ui/Box";
import { FormActions } from "../ui/FormActions";
import { useToasts } from "../ui/Toasts";
import styles from "./AccountForm.module.css";
import { changePassword } from "./accounts";
import { FormNotice } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";
import { NewPassword } from "./NewPassword";
import { useAccount } from "./useMe";

const names = ["current_password", "password"] as const;

// The own password: changed with the old one, which also signs out every other device.
export function PasswordBox() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <Box title={t("signIn.password")}>
      {isOpen ? (
        <ChangeForm close={() => setOpen(false)} />
      ) : (
        <div className={styles.row}>
          <p className={styles.words}>{t("passwordBox.about")}</p>
          <Button onClick={() => setOpen(true)}>{t("passwordBox.change")}</Button>
        </div>
      )}
    </Box>
  );
}

function ChangeForm({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { user, organization } = useAccount();
  const { show } = useToasts();
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      show({ text: t("passwordBox.done") });
      close();
    },
  });
  const faults = faultsOf(change.error, names);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(fieldsOf(event.currentTarget, names));
      }}
    >
      {change.isError && faults.whole && <FormNotice problem={change.error} />}
      <PasswordInput
        label={t("passwordBox.current")}
        name="current_password"
        autoComplete="current-password"
        autoFocus
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
        error={faults.at("current_password")}
      />
      <NewPassword
        name="password"
        label={t("newPassword.new")}
        error={faults.at("password")}
        known={[user.name, user.email, organization?.name ?? ""]}
      />
      <FormActions act={t("passwordBox.do")} busy={change.isPending} close={close} />
    </form>
  );
}
