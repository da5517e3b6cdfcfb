import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultsOf } from "../accounts/formFields";
import { CheckList } from "../ui/CheckList";
import { FormActions } from "../ui/FormActions";
import { Notice } from "../ui/Notice";
import { useReasonOf } from "../ui/Trouble";
import {
  expiryAfter,
  lifetimes,
  type MadeKey,
  makeKey,
  networksIn,
  type Scope,
  scopes,
} from "./apiKeys";
import styles from "./KeyMaker.module.css";

type Props = { made: (key: MadeKey) => void; close: () => void };

// A new key: what it is for, what it may do, until when and from where.
export function KeyMaker({ made, close }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const reasonOf = useReasonOf();
  const [chosen, setChosen] = useState<string[]>(["read_leads"]);
  const make = useMutation({
    mutationFn: makeKey,
    onSuccess: async (key) => {
      await cache.invalidateQueries({ queryKey: ["keys"] });
      made(key);
    },
  });
  const faults = faultsOf(make.error, ["name", "scopes", "addresses"]);
  return (
    <form
      className={styles.maker}
      aria-label={t("apiKeys.make")}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const days = Number(data.get("days")) || undefined;
        const addresses = networksIn(String(data.get("addresses")));
        make.mutate({
          name: String(data.get("name")),
          scopes: chosen as Scope[],
          ...expiryAfter(days, Date.now()),
          ...(addresses.length > 0 ? { addresses } : {}),
        });
      }}
    >
      {faults.whole && <Notice tone="over" title={reasonOf(make.error)} />}
      <TextInput
        label={t("apiKeys.name")}
        description={t("apiKeys.nameHint")}
        name="name"
        maxLength={100}
        autoComplete="off"
        required
        withAsterisk={false}
        autoFocus
        error={faults.at("name")}
      />
      <div className={styles.scopes}>
        <p className={styles.label} aria-hidden="true">
          {t("apiKeys.scopes")}
        </p>
        <CheckList
          label={t("apiKeys.scopes")}
          chosen={chosen}
          change={setChosen}
          choices={scopes.map((scope) => ({ value: scope, label: t(`apiKeys.scope.${scope}`) }))}
        />
        {faults.at("scopes") !== undefined && (
          <p role="alert" className={styles.refusal}>
            {faults.at("scopes")}
          </p>
        )}
      </div>
      <NativeSelect
        label={t("apiKeys.expires")}
        name="days"
        defaultValue="90"
        data={lifetimes.map((days) => ({
          value: String(days ?? 0),
          label: days === undefined ? t("apiKeys.never") : t("apiKeys.days", { count: days }),
        }))}
      />
      <Textarea
        label={t("apiKeys.addresses")}
        description={t("apiKeys.addressesHint")}
        name="addresses"
        rows={2}
        autoComplete="off"
        spellCheck={false}
        error={faults.at("addresses")}
      />
      <FormActions act={t("apiKeys.do")} busy={make.isPending} size="sm" close={close} />
    </form>
  );
}
