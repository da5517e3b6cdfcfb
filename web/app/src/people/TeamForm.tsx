import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormNotice } from "../accounts/FormNotice";
import { faultsOf } from "../accounts/formFields";
import { CheckList, type Choice } from "../ui/CheckList";
import { Dialog } from "../ui/Dialog";
import styles from "./PeopleSection.module.css";
import { membersQuery, saveTeam, type Team, teamsQuery } from "./people";

// A new team, or one that is changed.
export function TeamForm({ team, close }: { team: Team | undefined; close: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const people = (useQuery(membersQuery).data ?? []).filter(({ left_at }) => left_at === null);
  const [was] = useState(team);
  const [name, setName] = useState(team?.name ?? "");
  const [leads, setLeads] = useState(idsOf(team, true));
  const [members, setMembers] = useState(idsOf(team, false));
  const save = useMutation({
    mutationFn: saveTeam,
    onSuccess: () => {
      cache.invalidateQueries({ queryKey: teamsQuery.queryKey });
      close();
    },
  });
  const faults = faultsOf(save.error, ["name"]);
  const choices = (some: typeof people) =>
    some.map((each) => ({ value: each.id, label: each.name }));
  return (
    <Dialog
      title={team === undefined ? t("team.make") : t("team.editOne", { name: team.name })}
      close={close}
      actions={
        <>
          <Button variant="subtle" onClick={close}>
            {t("team.cancel")}
          </Button>
          <Button
            variant="filled"
            disabled={name.trim() === ""}
            loading={save.isPending}
            onClick={() =>
              save.mutate({
                ...(was === undefined ? {} : { was }),
                name: name.trim(),
                leads,
                members: members.filter((id) => !leads.includes(id)),
              })
            }
          >
            {t("team.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {save.isError && faults.whole && <FormNotice problem={save.error} />}
        <TextInput
          label={t("team.name")}
          value={name}
          maxLength={80}
          autoFocus
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults.at("name")}
        />
        <People
          label={t("team.leads")}
          hint={t("team.leadsHint")}
          choices={choices(people.filter(({ role }) => role !== "agent"))}
          chosen={leads}
          change={setLeads}
        />
        <People
          label={t("team.members")}
          choices={choices(people.filter(({ id }) => !leads.includes(id)))}
          chosen={members}
          change={setMembers}
        />
      </div>
    </Dialog>
  );
}

type PeopleProps = {
  label: string;
  hint?: string;
  choices: Choice[];
  chosen: string[];
  change: (chosen: string[]) => void;
};

function People({ label, hint, ...list }: PeopleProps) {
  return (
    <div>
      <p className={styles.name} aria-hidden="true">
        {label}
      </p>
      {hint !== undefined && <p className={styles.quiet}>{hint}</p>}
      <div className={styles.people}>
        <CheckList label={label} {...list} />
      </div>
    </div>
  );
}

const idsOf = (team: Team | undefined, asLeads: boolean) =>
  (team?.members ?? []).filter(({ is_lead }) => is_lead === asLeads).map(({ id }) => id);
