import { PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FormActions } from "../ui/FormActions";
import styles from "./AccountForm.module.css";
import { changeEmail, meQuery } from "./accounts";
import { FormNotice } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";

const names = ["email", "password"] as const;

// Another address for the account: asked for here, confirmed from the new mailbox.
export function EmailChange({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: changeEmail,
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: meQuery.queryKey });
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
      <PasswordInput
        label={t("secondFactor.password")}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
        error={faults.at("password")}
      />
      <FormActions act={t("profile.changeEmail")} busy={change.isPending} close={close} />
    </form>
  );
}
