import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Ago } from "../ui/Ago";
import { Box } from "../ui/Box";
import { CopyField } from "../ui/CopyField";
import { Tag } from "../ui/Tag";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import styles from "./PeopleSection.module.css";
import { type Invitation, invitationsQuery, makeLink, sendAgain, withdraw } from "./people";

// Those who have not come yet. Nothing while there are none.
export function InvitationList() {
  const { t } = useTranslation();
  const invitations = useQuery(invitationsQuery);
  if (invitations.isError && invitations.data === undefined)
    return (
      <Trouble
        title={t("people.invitationTrouble")}
        problem={invitations.error}
        retry={() => invitations.refetch()}
      />
    );
  if (invitations.data === undefined || invitations.data.length === 0) return null;
  return (
    <Box title={t("people.invitations")}>
      <ul className={styles.list}>
        {invitations.data.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Box>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const { sends_mail } = useMe();
  const { id, email } = invitation;
  const told = {
    onError: (problem: unknown) => toasts.show({ text: reasonOf(problem) }),
    onSettled: () => cache.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  };
  const again = useMutation({
    mutationFn: () => sendAgain(id),
    onSuccess: () => toasts.show({ text: t("people.sentAgain", { email }) }),
    ...told,
  });
  const link = useMutation({ mutationFn: () => makeLink(id), ...told });
  const back = useMutation({ mutationFn: () => withdraw(id), ...told });
  const over = Date.parse(invitation.expires_at) <= Date.now();
  return (
    <li className={styles.row}>
      <span className={styles.words} dir="auto">
        <span className={styles.name}>{email}</span>
        <span className={styles.quiet}>
          {t("people.invitedBy", { name: invitation.invited_by })}{" "}
          <Ago time={invitation.created_at} />
        </span>
      </span>
      {over && <Tag tone="over">{t("people.expired")}</Tag>}
      <Tag>{t(`role.${invitation.role}`)}</Tag>
      <span className={styles.actions}>
        {sends_mail && (
          <Button
            size="sm"
            variant="subtle"
            aria-label={t("people.againOne", { email })}
            loading={again.isPending}
            onClick={() => again.mutate()}
          >
            {t("people.again")}
          </Button>
        )}
        <Button
          size="sm"
          variant="subtle"
          aria-label={t("people.linkOne", { email })}
          loading={link.isPending}
          onClick={() => link.mutate()}
        >
          {t("people.link")}
        </Button>
        <Button
          size="sm"
          variant="subtle"
          aria-label={t("people.withdrawOne", { email })}
          loading={back.isPending}
          onClick={() => back.mutate()}
        >
          {t("people.withdraw")}
        </Button>
      </span>
      {link.isSuccess && (
        <div className={styles.link}>
          <CopyField
            label={t("people.linkLabel")}
            hint={t("people.linkHint")}
            value={link.data.link}
          />
        </div>
      )}
    </li>
  );
}
