import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../ui/Avatar";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Confirm } from "../ui/Confirm";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { useLocale } from "../ui/useLocale";
import styles from "./PeopleSection.module.css";
import { removeTeam, type Team, teamsQuery } from "./people";
import { TeamForm } from "./TeamForm";

// The teams, who leads each and who is in it.
export function TeamList() {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery);
  const [draft, setDraft] = useState<Team | "new" | undefined>();
  return (
    <Box title={t("team.title")} hint={teams.data?.length === 0 ? t("team.none") : t("team.hint")}>
      {teams.isPending && <Bar width={240} />}
      {teams.isError && teams.data === undefined && (
        <Trouble title={t("team.trouble")} problem={teams.error} retry={() => teams.refetch()} />
      )}
      {teams.data !== undefined && teams.data.length > 0 && (
        <ul className={styles.list}>
          {teams.data.map((team) => (
            <TeamRow key={team.id} team={team} edit={() => setDraft(team)} />
          ))}
        </ul>
      )}
      <div className={styles.foot}>
        <Button onClick={() => setDraft("new")}>{t("team.make")}</Button>
      </div>
      {draft !== undefined && (
        <TeamForm team={draft === "new" ? undefined : draft} close={() => setDraft(undefined)} />
      )}
    </Box>
  );
}

function TeamRow({ team, edit }: { team: Team; edit: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const [isLeaving, setIsLeaving] = useState(false);
  const { name, members } = team;
  const leads = members.filter(({ is_lead }) => is_lead).map((each) => each.name);
  const remove = useMutation({
    mutationFn: () => removeTeam(team.id),
    onError: (problem) => toasts.show({ text: reasonOf(problem) }),
    onSettled: () => cache.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  });
  return (
    <li className={styles.row}>
      <span className={styles.words} dir="auto">
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>
          {leads.length === 0
            ? t("team.noLead")
            : t("team.ledBy", { names: new Intl.ListFormat(locale.tag).format(leads) })}
        </span>
      </span>
      <span className={styles.faces} title={members.map((each) => each.name).join(", ")}>
        {members.slice(0, 6).map((each) => (
          <Avatar key={each.id} name={each.name} />
        ))}
        <span className={styles.quiet}>{t("team.count", { count: members.length })}</span>
      </span>
      <span className={styles.actions}>
        <Button size="sm" variant="subtle" aria-label={t("team.editOne", { name })} onClick={edit}>
          {t("team.edit")}
        </Button>
        <Button
          size="sm"
          variant="subtle"
          aria-label={t("team.removeOne", { name })}
          loading={remove.isPending}
          onClick={() => setIsLeaving(true)}
        >
          {t("team.remove")}
        </Button>
      </span>
      {isLeaving && (
        <Confirm
          title={t("team.removeOne", { name })}
          act={t("team.remove")}
          busy={remove.isPending}
          onAct={() => remove.mutate(undefined, { onSettled: () => setIsLeaving(false) })}
          close={() => setIsLeaving(false)}
        >
          <p>{t("team.removeMore")}</p>
        </Confirm>
      )}
    </li>
  );
}
