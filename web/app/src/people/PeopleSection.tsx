import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Trouble } from "../ui/Trouble";
import { InvitationList } from "./InvitationList";
import { InviteForm } from "./InviteForm";
import { MemberRow } from "./MemberRow";
import { Ownership } from "./Ownership";
import styles from "./PeopleSection.module.css";
import { membersQuery } from "./people";
import { TeamList } from "./TeamList";

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
        {...(members.isSuccess
          ? {
              hint: t("people.count", {
                count: members.data.filter(({ left_at }) => left_at === null).length,
              }),
            }
          : {})}
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
      <TeamList />
      <Ownership />
    </>
  );
}
