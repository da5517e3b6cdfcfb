import { NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultsOf } from "../accounts/formFields";
import { FormActions } from "../ui/FormActions";
import { Notice } from "../ui/Notice";
import { useReasonOf } from "../ui/Trouble";
import {
  type CustomField,
  type FieldOption,
  type FieldType,
  fieldTypes,
  hasOptions,
  makeField,
} from "./customFields";
import styles from "./FieldMaker.module.css";
import { OptionLines, optionsIn } from "./OptionLines";

type Props = {
  label: string;
  type: FieldType;
  // What a choice offers: the options of the question it is made for.
  options: FieldOption[];
  made: (field: CustomField) => void;
  close: () => void;
};

// A new field, made where it is needed. No lead is touched by it.
export function FieldMaker({ label, type: proposed, options, made, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const reasonOf = useReasonOf();
  const [type, setType] = useState<FieldType>(proposed);
  const make = useMutation({
    mutationFn: makeField,
    onSuccess: async (field) => {
      await cache.invalidateQueries({ queryKey: ["fields"] });
      made(field);
    },
  });
  const faults = faultsOf(make.error, ["label", "currency"]);
  return (
    <form
      className={styles.maker}
      aria-label={t("field.make")}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        make.mutate({
          label: String(data.get("label")),
          type,
          ...(hasOptions(type) ? { options: options.length > 0 ? options : optionsIn(data) } : {}),
          ...(type === "money" ? { currency: String(data.get("currency")).toUpperCase() } : {}),
        });
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      {faults.whole && <Notice tone="over" title={reasonOf(make.error)} />}
      <div className={styles.fields}>
        <TextInput
          label={t("field.label")}
          name="label"
          defaultValue={label}
          maxLength={100}
          autoComplete="off"
          required
          withAsterisk={false}
          autoFocus
          error={faults.at("label")}
        />
        <NativeSelect
          label={t("field.type")}
          value={type}
          onChange={(event) => setType(event.currentTarget.value as FieldType)}
          data={fieldTypes.map((each) => ({ value: each, label: t(`field.types.${each}`) }))}
        />
        {type === "money" && (
          <TextInput
            label={t("field.currency")}
            name="currency"
            defaultValue="EUR"
            maxLength={3}
            autoComplete="off"
            required
            withAsterisk={false}
            error={faults.at("currency")}
          />
        )}
      </div>
      {hasOptions(type) &&
        (options.length > 0 ? (
          <p className={styles.options} dir="auto">
            {options.map((option) => option.label).join(" · ")}
          </p>
        ) : (
          <OptionLines label={t("field.options")} required />
        ))}
      <FormActions act={t("field.do")} busy={make.isPending} size="sm" close={close} />
    </form>
  );
}
