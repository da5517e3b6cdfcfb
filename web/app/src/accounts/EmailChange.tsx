import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FormActions } from "../ui/FormActions";
import styles from "./AccountForm.module.css";
import { changeEmail, meQuery } from "./accounts";
import { faultsOf } from "./formFields";
import { ProofFields, useProof } from "./ProofFields";

// Another address for the account: asked for here, confirmed from the new mailbox.
export function EmailChange({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const proof = useProof();
  const change = useMutation({
    mutationFn: async (typed: FormData) =>
      changeEmail({ ...(await proof.of(typed)), email: String(typed.get("email")) }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: meQuery.queryKey });
      close();
    },
  });
  const faults = faultsOf(change.error, ["email"]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(new FormData(event.currentTarget));
      }}
    >
      <TextInput
        label={t("profile.newEmail")}
        description={t("profile.newEmailHint")}
        name="email"
        type="email"
        autoComplete="email"
        autoFocus
        required
        withAsterisk={false}
        error={faults.at("email")}
      />
      <ProofFields proof={proof} problem={change.error} others={["email"]} />
      <FormActions act={t("profile.changeEmail")} busy={change.isPending} close={close} />
    </form>
  );
}
