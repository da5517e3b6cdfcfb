import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconCheck, IconDots } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { meQuery, viewAs } from "../accounts/accounts";
import { useMe } from "../accounts/useMe";
import { Ago } from "../ui/Ago";
import { Avatar } from "../ui/Avatar";
import { Tag } from "../ui/Tag";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { Deactivate } from "./Deactivate";
import styles from "./PeopleSection.module.css";
import { PermissionItems, SeesText } from "./Permissions";
import { changeRole, type Member, membersQuery, reactivate, roles } from "./people";

// One person, with what an owner may do about it.
export function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const [isLeaving, setIsLeaving] = useState(false);
  const { id, name } = member;
  const mine = id === me.user.id;
  const told = {
    onError: (problem: unknown) => toasts.show({ text: reasonOf(problem) }),
    onSettled: async () => {
      await cache.invalidateQueries({ queryKey: membersQuery.queryKey });
      // Another role of one's own ends one's session.
      if (mine) await cache.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  };
  const change = useMutation({ mutationFn: changeRole, ...told });
  const back = useMutation({ mutationFn: () => reactivate(id), ...told });
  const view = useMutation({ mutationFn: viewAs, onError: told.onError });
  const left = member.left_at !== null;

  return (
    <li className={styles.row}>
      <Avatar name={name} mine={mine} large />
      <span className={styles.words} dir="auto">
        <span className={styles.name}>
          {name}
          {mine && <span className={styles.quiet}> {t("people.you")}</span>}
        </span>
        <span className={styles.quiet}>{member.email}</span>
        <span className={styles.quiet}>
          <Presence member={member} />
        </span>
        {!left && (
          <span className={styles.quiet}>
            <SeesText member={member} />
          </span>
        )}
      </span>
      {!member.is_email_confirmed && <Tag tone="soon">{t("profile.unconfirmed")}</Tag>}
      {member.paused_at !== null && <Tag tone="soon">{t("shift.paused")}</Tag>}
      <Tag>{t(`role.${member.role}`)}</Tag>
      {left ? (
        <Button
          size="sm"
          variant="subtle"
          aria-label={t("people.reactivateOne", { name })}
          loading={back.isPending}
          onClick={() => back.mutate()}
        >
          {t("people.reactivate")}
        </Button>
      ) : (
        <Menu position="bottom-end" width={300}>
          <Menu.Target>
            <ActionIcon aria-label={t("people.actions", { name })} loading={change.isPending}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t("people.role")}</Menu.Label>
            {roles.map((role) => (
              <Menu.RadioItem
                key={role}
                value={role}
                checked={role === member.role}
                rightSection={role === member.role && <IconCheck size={16} />}
                onChange={() => {
                  if (role !== member.role) change.mutate({ id, role });
                }}
              >
                {t(`role.${role}`)}
              </Menu.RadioItem>
            ))}
            {member.role === "agent" && <PermissionItems member={member} />}
            {!mine && (
              <>
                <Menu.Divider />
                {member.role !== "owner" && (
                  <Menu.Item onClick={() => view.mutate(id)}>{t("view.as", { name })}</Menu.Item>
                )}
                <Menu.Item onClick={() => setIsLeaving(true)}>{t("people.deactivate")}</Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {isLeaving && <Deactivate member={member} close={() => setIsLeaving(false)} />}
    </li>
  );
}

function Presence({ member }: { member: Member }) {
  const { t } = useTranslation();
  if (member.left_at !== null)
    return (
      <>
        {t("people.left")} <Ago time={member.left_at} />
      </>
    );
  if (member.seen_at === null) return t("people.notSignedIn");
  return (
    <>
      {t("people.seen")} <Ago time={member.seen_at} />
    </>
  );
}
