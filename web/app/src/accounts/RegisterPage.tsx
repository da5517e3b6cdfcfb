import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { deviceTimeZone } from "../ui/timeZone";
import { useTitle } from "../ui/useTitle";
import { meQuery, register, wantsCode } from "./accounts";
import { CodeField } from "./CodeField";
import { CountrySelect } from "./CountrySelect";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";
import { NewPassword } from "./NewPassword";
import { PasskeyButton } from "./PasskeyButton";
import { wantsPasskey } from "./passkeys";
import { guessCountry, timeZoneChoices } from "./whereabouts";

const names = [
  "organization_name",
  "name",
  "email",
  "password",
  "phone",
  "country",
  "time_zone",
  "code",
] as const;

export function RegisterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const zoneChoices = useMemo(() => timeZoneChoices(deviceTimeZone()), []);
  const likelyCountry = useMemo(guessCountry, []);
  useTitle(t("register.tab"));

  const attempt = useMutation({
    mutationFn: register,
    onSuccess: (me) => {
      cache.clear();
      cache.setQueryData(meQuery.queryKey, me);
      navigate({ to: "/leads" });
    },
  });
  const asked = attempt.variables;
  const faults = faultsOf(attempt.error, names);

  // A long form: bring the first thing to mend to the person, not the person to it.
  useEffect(() => {
    if (attempt.isError) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [attempt.isError]);

  const [before, terms, after] = t("register.agree").split(/<\/?terms>/);
  const field = (name: (typeof names)[number]) => ({ name, error: faults.at(name) });

  return (
    <DoorFrame title={t("register.title")} welcome={t("register.welcome")} wide>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          const { phone, code, ...typed } = fieldsOf(event.currentTarget, names);
          attempt.mutate({
            ...typed,
            ...(phone === "" ? {} : { phone }),
            ...(code === "" ? {} : { code }),
          });
        }}
      >
        {attempt.isError && faults.whole && <FormNotice problem={attempt.error} />}
        <TextInput
          label={t("register.organization")}
          autoComplete="organization"
          autoFocus
          required
          withAsterisk={false}
          {...field("organization_name")}
        />
        <div className={styles.pair}>
          <TextInput
            label={t("register.name")}
            autoComplete="name"
            required
            withAsterisk={false}
            {...field("name")}
          />
          <TextInput
            label={
              <>
                {t("register.phone")}{" "}
                <span className={styles.optional}>{t("register.optional")}</span>
              </>
            }
            type="tel"
            autoComplete="tel"
            {...field("phone")}
          />
        </div>
        <TextInput
          label={t("signIn.email")}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          {...field("email")}
        />
        <NewPassword {...field("password")} />
        {wantsCode(attempt.error) && (
          <CodeField error={faults.at("code")} hint={t("signIn.codeHint")} />
        )}
        <div className={styles.pair}>
          <CountrySelect
            label={t("register.country")}
            autoComplete="country"
            at={likelyCountry}
            {...field("country")}
          />
          <NativeSelect
            label={t("register.timeZone")}
            defaultValue={deviceTimeZone()}
            data={zoneChoices}
            {...field("time_zone")}
          />
        </div>
        {wantsPasskey(attempt.error) && asked !== undefined && (
          <PasskeyButton
            label={t(wantsCode(attempt.error) ? "signIn.passkeyInstead" : "signIn.usePasskey")}
            busy={false}
            given={(passkey) => attempt.mutate({ ...asked, passkey })}
          />
        )}
        <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
          {t("register.do")}
        </Button>
        <p className={styles.agree}>
          {before}
          {/* Beside the form, so that nothing that was typed is lost. */}
          <a href="/terms" target="_blank" rel="noopener">
            {terms}
          </a>
          {after}
        </p>
      </form>
      <p className={styles.other}>
        {t("register.known")} <Link to="/sign-in">{t("register.signIn")}</Link>
      </p>
    </DoorFrame>
  );
}
