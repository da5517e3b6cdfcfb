import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { ApiProblem } from "../api/ApiProblem";
import { Box } from "../ui/Box";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import styles from "./PeopleSection.module.css";
import { addressesIn, invitationsQuery, invite, type Role, roles } from "./people";

// One address or a pasted list of them, all in the same role.
export function InviteForm() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const { sends_mail } = useMe();
  const [text, setText] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const emails = addressesIn(text);
  const send = useMutation({
    mutationFn: invite,
    onSuccess: (list, { emails }) => {
      cache.setQueryData(invitationsQuery.queryKey, list);
      setText("");
      toasts.show({
        text: t(sends_mail ? "people.invited" : "people.invitedByHand", { count: emails.length }),
      });
    },
  });
  return (
    <Box title={t("people.invite")}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate({ emails, role });
        }}
      >
        <Textarea
          label={t("people.addresses")}
          description={t("people.addressesHint")}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            send.reset();
          }}
          autosize
          minRows={2}
          maxRows={8}
          inputMode="email"
          spellCheck={false}
          error={send.isError && whatIsWrong(send.error)}
        />
        <div className={styles.end}>
          <NativeSelect
            label={t("people.role")}
            value={role}
            onChange={(event) => {
              const chosen = roles.find((each) => each === event.currentTarget.value);
              if (chosen !== undefined) setRole(chosen);
            }}
            data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
          <Button
            type="submit"
            variant="filled"
            disabled={emails.length === 0}
            loading={send.isPending}
          >
            {t("people.send", { count: emails.length })}
          </Button>
        </div>
      </form>
    </Box>
  );

  // Each address that cannot be invited, with the reason.
  function whatIsWrong(problem: unknown) {
    const lines = problem instanceof ApiProblem ? [...problem.fields] : [];
    if (lines.length === 0) return reasonOf(problem);
    return lines
      .map(([field, message]) => {
        const address = emails[Number(/\[(\d+)\]/.exec(field)?.[1])];
        return address === undefined || message.includes(address)
          ? message
          : `${address}: ${message}`;
      })
      .join(" ");
  }
}
