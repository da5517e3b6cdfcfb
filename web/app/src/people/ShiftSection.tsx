import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { assigneesQuery } from "../leads/assigning";
import { Ago } from "../ui/Ago";
import { Avatar } from "../ui/Avatar";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Switch } from "../ui/Switch";
import { Trouble } from "../ui/Trouble";
import { useSetAvailability } from "./availability";
import styles from "./PeopleSection.module.css";

// Who takes new leads now, for whoever gives them.
export function ShiftSection() {
  const { t } = useTranslation();
  const me = useMe();
  const assignees = useQuery(assigneesQuery);
  const set = useSetAvailability();
  return (
    <Box title={t("shift.title")} hint={t("shift.hint")}>
      {assignees.isPending && <Bar width={240} />}
      {assignees.isError && assignees.data === undefined && (
        <Trouble
          title={t("people.trouble")}
          problem={assignees.error}
          retry={() => assignees.refetch()}
        />
      )}
      <ul className={styles.list}>
        {assignees.data?.map(({ id, name, paused_at }) =>
          id === null || name === undefined ? null : (
            <li key={id} className={styles.row}>
              <Avatar name={name} mine={id === me.user.id} large />
              <span className={styles.words} dir="auto">
                <span className={styles.name}>
                  {name}
                  {id === me.user.id && <span className={styles.quiet}> {t("people.you")}</span>}
                </span>
                <span className={styles.quiet}>
                  {paused_at === null ? (
                    t("shift.on")
                  ) : (
                    <>
                      {t("shift.paused")} <Ago time={paused_at} />
                    </>
                  )}
                </span>
              </span>
              <Switch
                label={t("shift.switch", { name })}
                isOn={paused_at === null}
                change={(isOn) => set.mutate({ id, is_paused: !isOn })}
                disabled={set.isPending && set.variables.id === id}
              />
            </li>
          ),
        )}
      </ul>
    </Box>
  );
}
