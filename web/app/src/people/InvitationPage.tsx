import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Account, meQuery, signOut } from "../accounts/accounts";
import { DoorFrame } from "../accounts/DoorFrame";
import styles from "../accounts/DoorFrame.module.css";
import { FormNotice } from "../accounts/FormNotice";
import { faultsOf, fieldsOf } from "../accounts/formFields";
import { NewPassword } from "../accounts/NewPassword";
import { Bar } from "../ui/Bar";
import { useTitle } from "../ui/useTitle";
import { acceptInvitation, askedQuery } from "./people";

const kept = "invitation";

// The token goes along to the page for signing in and back, without standing in an address.
function useToken(): string {
  const { hash } = useLocation();
  if (hash !== "") sessionStorage.setItem(kept, hash);
  return hash === "" ? (sessionStorage.getItem(kept) ?? "") : hash;
}

// Where the link of an invitation leads to: what one is asked into, and the way in.
export function InvitationPage() {
  const { t } = useTranslation();
  const token = useToken();
  const asked = useQuery(askedQuery(token));
  const me = useQuery(meQuery);
  useTitle(t("invitation.tab"));

  if (asked.isPending || me.isPending)
    return (
      <DoorFrame title={t("invitation.tab")} welcome="">
        <Bar width={240} />
      </DoorFrame>
    );
  if (asked.isError)
    return (
      <DoorFrame title={t("invitation.gone")} welcome="">
        <FormNotice problem={asked.error} />
        <p className={styles.other}>
          <Link to="/">{t("confirmEmail.go")}</Link>
        </p>
      </DoorFrame>
    );
  const { organization, role, invited_by, email } = asked.data;
  return (
    <DoorFrame
      title={t("invitation.title", { organization })}
      welcome={t("invitation.welcome", { name: invited_by, role: t(`role.${role}`), email })}
    >
      {me.data ? (
        <AcceptAsMe token={token} email={email} me={me.data} />
      ) : (
        <AcceptAsNew token={token} />
      )}
    </DoorFrame>
  );
}

// A new session needs a new start: everything on screen was another organization's.
function useAccept() {
  return useMutation({
    mutationFn: acceptInvitation,
    onSuccess: () => {
      sessionStorage.removeItem(kept);
      window.location.assign("/app/leads");
    },
  });
}

function AcceptAsMe({ token, email, me }: { token: string; email: string; me: Account }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const accept = useAccept();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => cache.setQueryData(meQuery.queryKey, null),
  });
  if (me.user.email !== email)
    return (
      <>
        <p className={styles.other}>{t("invitation.other", { mine: me.user.email, email })}</p>
        {leave.isError && <FormNotice problem={leave.error} />}
        <Button size="xl" fullWidth loading={leave.isPending} onClick={() => leave.mutate()}>
          {t("user.signOut")}
        </Button>
      </>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate({ token });
      }}
    >
      {accept.isError && <FormNotice problem={accept.error} />}
      <Button type="submit" variant="filled" size="xl" fullWidth loading={accept.isPending}>
        {t("invitation.accept")}
      </Button>
    </form>
  );
}

function AcceptAsNew({ token }: { token: string }) {
  const { t } = useTranslation();
  const accept = useAccept();
  const faults = faultsOf(accept.error, ["name", "password"]);
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate({ token, ...fieldsOf(event.currentTarget, ["name", "password"]) });
        }}
      >
        {accept.isError && faults.whole && <FormNotice problem={accept.error} />}
        <TextInput
          label={t("register.name")}
          name="name"
          autoComplete="name"
          autoFocus
          required
          withAsterisk={false}
          error={faults.at("name")}
        />
        <NewPassword name="password" error={faults.at("password")} />
        <Button type="submit" variant="filled" size="xl" fullWidth loading={accept.isPending}>
          {t("invitation.acceptNew")}
        </Button>
      </form>
      <p className={styles.other}>
        {t("invitation.known")}{" "}
        <Link to="/sign-in" search={{ next: "/app/invitation" }}>
          {t("register.signIn")}
        </Link>
      </p>
    </>
  );
}
