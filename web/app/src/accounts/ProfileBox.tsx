import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { deviceLanguage, type Language, languages, nameOf, spoken } from "../app/i18n";
import { Box } from "../ui/Box";
import { FormActions } from "../ui/FormActions";
import { useToasts } from "../ui/Toasts";
import { deviceTimeZone } from "../ui/timeZone";
import { useInPlace } from "../ui/useInPlace";
import styles from "./AccountForm.module.css";
import { changeProfile, meQuery } from "./accounts";
import { EmailChange } from "./EmailChange";
import { FormNotice } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";
import { ProfileFacts } from "./ProfileFacts";
import { useAccount } from "./useMe";
import { timeZoneChoices, zoneName } from "./whereabouts";

// Who one is to the others of the organization, and how one reads.
export function ProfileBox() {
  const { t } = useTranslation();
  const { form, opener, close } = useInPlace<"facts" | "email">();
  return (
    <Box title={t("profile.title")}>
      {form === undefined && (
        <>
          <ProfileFacts />
          <div className={`${styles.actions} ${styles.below}`}>
            <Button {...opener("facts")}>{t("profile.edit")}</Button>
            <Button {...opener("email")}>{t("profile.changeEmail")}</Button>
          </div>
        </>
      )}
      {form === "facts" && <EditForm close={close} />}
      {form === "email" && <EmailChange close={close} />}
    </Box>
  );
}

const names = ["name", "phone", "language", "time_zone"] as const;

function EditForm({ close }: { close: () => void }) {
  const { t, i18n } = useTranslation();
  const { user } = useAccount();
  const cache = useQueryClient();
  const { show } = useToasts();
  const zones = useMemo(() => timeZoneChoices(user.time_zone), [user.time_zone]);
  const change = useMutation({
    mutationFn: changeProfile,
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: meQuery.queryKey });
      await spoken();
      show({ text: i18n.t("profile.saved") });
      close();
    },
  });
  const faults = faultsOf(change.error, names);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const { name, phone, language, time_zone } = fieldsOf(event.currentTarget, names);
        change.mutate({
          name,
          phone: phone.trim() === "" ? null : phone,
          language: language === "" ? null : (language as Language),
          time_zone: time_zone === "" ? null : time_zone,
        });
      }}
    >
      {change.isError && faults.whole && <FormNotice problem={change.error} />}
      <TextInput
        label={t("profile.name")}
        name="name"
        defaultValue={user.name}
        autoComplete="name"
        autoFocus
        required
        withAsterisk={false}
        error={faults.at("name")}
      />
      <TextInput
        label={t("profile.phone")}
        name="phone"
        type="tel"
        defaultValue={user.phone ?? ""}
        autoComplete="tel"
        error={faults.at("phone")}
      />
      <NativeSelect
        label={t("profile.language")}
        name="language"
        defaultValue={user.language ?? ""}
        error={faults.at("language")}
        data={[
          { value: "", label: t("profile.asDevice", { what: nameOf(deviceLanguage()) }) },
          ...languages.map((language) => ({ value: language, label: nameOf(language) })),
        ]}
      />
      <NativeSelect
        label={t("profile.timeZone")}
        name="time_zone"
        defaultValue={user.time_zone ?? ""}
        error={faults.at("time_zone")}
        data={[
          { value: "", label: t("profile.asDevice", { what: zoneName(deviceTimeZone()) }) },
          ...zones,
        ]}
      />
      <FormActions act={t("profile.save")} busy={change.isPending} close={close} />
    </form>
  );
}
