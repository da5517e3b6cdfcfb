import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { faultsOf } from "../accounts/formFields";
import { FormActions } from "../ui/FormActions";
import { Notice } from "../ui/Notice";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { type CustomField, changeField, type FieldEdit, hasOptions } from "./customFields";
import styles from "./FieldMaker.module.css";
import { OptionLines, optionsIn } from "./OptionLines";

export function useFieldChange(field: CustomField) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: FieldEdit) => changeField(field, change),
    // Waited for, so that the list shows the change when the form closes. Also after a refusal:
    // somebody else may have been faster.
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ["fields"] }),
        cache.invalidateQueries({ queryKey: ["meta", "mapping"] }),
      ]),
  });
}

// A field gets another name, more options, or is put away.
export function FieldChange({ field, close }: { field: CustomField; close: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const change = useFieldChange(field);
  const faults = faultsOf(change.error, ["label"]);
  return (
    <form
      className={styles.maker}
      aria-label={t("field.changeOne", { field: field.label })}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const options = optionsIn(data);
        change.mutate(
          {
            label: String(data.get("label")),
            ...(options.length > 0 ? { options } : {}),
          },
          { onSuccess: close },
        );
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      {faults.whole && <Notice tone="over" title={reasonOf(change.error)} />}
      <TextInput
        label={t("field.label")}
        name="label"
        defaultValue={field.label}
        maxLength={100}
        autoComplete="off"
        required
        withAsterisk={false}
        autoFocus
        error={faults.at("label")}
      />
      {hasOptions(field.type) && <OptionLines label={t("field.moreOptions")} />}
      <FormActions act={t("field.save")} busy={change.isPending} size="sm" close={close}>
        <Button
          size="sm"
          variant="subtle"
          onClick={() =>
            change.mutate(
              { is_archived: true },
              {
                onSuccess: () => {
                  toasts.show({ text: t("field.putAway", { field: field.label }) });
                  close();
                },
              },
            )
          }
        >
          {t("field.archive")}
        </Button>
      </FormActions>
    </form>
  );
}
