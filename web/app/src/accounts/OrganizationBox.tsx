import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Box } from "../ui/Box";
import { FormActions } from "../ui/FormActions";
import { useToasts } from "../ui/Toasts";
import { useInPlace } from "../ui/useInPlace";
import { useLocale } from "../ui/useLocale";
import styles from "./AccountForm.module.css";
import { changeOrganization, meQuery } from "./accounts";
import { CountrySelect } from "./CountrySelect";
import { FormNotice } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";
import facts from "./ProfileSection.module.css";
import { useMe } from "./useMe";
import { countryName, timeZoneChoices, zoneName } from "./whereabouts";

// What the organization was registered with. Support sees it and changes nothing.
export function OrganizationBox() {
  const { t } = useTranslation();
  const { is_support } = useMe();
  const { form, opener, close } = useInPlace<"facts">();
  return (
    <Box title={t("organization.title")}>
      {form === "facts" ? (
        <FactsForm close={close} />
      ) : (
        <>
          <Facts />
          {!is_support && (
            <div className={`${styles.actions} ${styles.below}`}>
              <Button {...opener("facts")}>{t("organization.change")}</Button>
            </div>
          )}
        </>
      )}
    </Box>
  );
}

function Facts() {
  const { t } = useTranslation();
  const { tag } = useLocale();
  const { name, country, time_zone } = useMe().organization;
  return (
    <dl className={facts.facts}>
      <dt>{t("organization.name")}</dt>
      <dd>{name}</dd>
      <dt>{t("organization.country")}</dt>
      <dd>
        {country === null ? t("organization.noCountry") : countryName(country, tag)}
        <p>{t("organization.countryHint")}</p>
      </dd>
      <dt>{t("organization.timeZone")}</dt>
      <dd>
        {zoneName(time_zone)}
        <p>{t("organization.timeZoneHint")}</p>
      </dd>
    </dl>
  );
}

const names = ["name", "country", "time_zone"] as const;

function FactsForm({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { organization } = useMe();
  const [version] = useState(organization.version); // that the fields below began with
  const cache = useQueryClient();
  const { show } = useToasts();
  const zones = useMemo(() => timeZoneChoices(organization.time_zone), [organization.time_zone]);
  const change = useMutation({
    mutationFn: (body: Parameters<typeof changeOrganization>[1]) =>
      changeOrganization(version, body),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: meQuery.queryKey });
      show({ text: t("organization.saved") });
      close();
    },
  });
  const faults = faultsOf(change.error, names);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const { name, country, time_zone } = fieldsOf(event.currentTarget, names);
        change.mutate({ name, country: country === "" ? null : country, time_zone });
      }}
    >
      {change.isError && faults.whole && <FormNotice problem={change.error} />}
      <TextInput
        label={t("organization.name")}
        name="name"
        defaultValue={organization.name}
        autoComplete="organization"
        autoFocus
        required
        withAsterisk={false}
        error={faults.at("name")}
      />
      <CountrySelect
        label={t("organization.country")}
        description={t("organization.countryHint")}
        name="country"
        at={organization.country ?? ""}
        none={t("organization.noCountry")}
        error={faults.at("country")}
      />
      <NativeSelect
        label={t("organization.timeZone")}
        description={t("organization.timeZoneHint")}
        name="time_zone"
        defaultValue={organization.time_zone}
        error={faults.at("time_zone")}
        data={zones}
      />
      <FormActions act={t("organization.save")} busy={change.isPending} close={close} />
    </form>
  );
}
