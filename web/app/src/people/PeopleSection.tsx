import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Ago } from "../ui/Ago";
import { Avatar } from "../ui/Avatar";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Tag } from "../ui/Tag";
import { Trouble } from "../ui/Trouble";
import { InvitationList } from "./InvitationList";
import { InviteForm } from "./InviteForm";
import styles from "./PeopleSection.module.css";
import { type Member, membersQuery } from "./people";

// Who works here, and who is asked to.
export function PeopleSection() {
  const { t } = useTranslation();
  const members = useQuery(membersQuery);
  return (
    <>
      <InviteForm />
      <InvitationList />
      <Box
        title={t("people.members")}
        {...(members.isSuccess ? { hint: t("people.count", { count: members.data.length }) } : {})}
      >
        {members.isPending && <Bar width={240} />}
        {members.isError && members.data === undefined && (
          <Trouble
            title={t("people.trouble")}
            problem={members.error}
            retry={() => members.refetch()}
          />
        )}
        {members.data !== undefined && (
          <ul className={styles.list}>
            {members.data.map((member) => (
              <MemberRow key={member.id} member={member} />
            ))}
          </ul>
        )}
      </Box>
    </>
  );
}

function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation();
  const me = useMe();
  const mine = member.id === me.user.id;
  return (
    <li className={styles.row}>
      <Avatar name={member.name} mine={mine} large />
      <span className={styles.words} dir="auto">
        <span className={styles.name}>
          {member.name}
          {mine && <span className={styles.quiet}> {t("people.you")}</span>}
        </span>
        <span className={styles.quiet}>{member.email}</span>
        <span className={styles.quiet}>
          {member.seen_at === null ? (
            t("people.notSignedIn")
          ) : (
            <>
              {t("people.seen")} <Ago time={member.seen_at} />
            </>
          )}
        </span>
      </span>
      {!member.is_email_confirmed && <Tag tone="soon">{t("profile.unconfirmed")}</Tag>}
      <Tag>{t(`role.${member.role}`)}</Tag>
    </li>
  );
}
