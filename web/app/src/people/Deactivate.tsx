import { NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keysQuery } from "../apiKeys/apiKeys";
import { Confirm } from "../ui/Confirm";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { useLocale } from "../ui/useLocale";
import { deactivate, type Member, membersQuery } from "./people";

// What becomes of the open leads is asked before the person is out.
export function Deactivate({ member, close }: { member: Member; close: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const locale = useLocale();
  const [heir, setHeir] = useState("");
  const { id, name } = member;
  const others = (useQuery(membersQuery).data ?? []).filter(
    (each) => each.id !== id && each.left_at === null,
  );
  // A key is the organization's, so it opens what it opened, also to whoever wrote it down.
  const keys = (useQuery(keysQuery).data ?? []).filter(({ made_by_id }) => made_by_id === id);
  const leave = useMutation({
    mutationFn: deactivate,
    onSuccess: () => {
      toasts.show({ text: t("people.deactivated", { name }) });
      close();
    },
    onError: (problem) => toasts.show({ text: reasonOf(problem) }),
    onSettled: () => cache.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
  return (
    <Confirm
      title={t("people.deactivateOne", { name })}
      act={t("people.deactivateDo")}
      keep={t("confirm.cancel")}
      busy={leave.isPending}
      onAct={() => leave.mutate({ id, ...(heir === "" ? {} : { hand_over_to: heir }) })}
      close={close}
    >
      <p>{t("people.deactivateMore", { name })}</p>
      {keys.length > 0 && (
        <p>
          {t("people.keysStay", {
            name,
            keys: new Intl.ListFormat(locale.tag).format(keys.map((key) => key.name)),
          })}{" "}
          <Link to="/settings/keys">{t("people.keysWhere")}</Link>
        </p>
      )}
      <NativeSelect
        label={t("people.handOver")}
        value={heir}
        onChange={(event) => setHeir(event.currentTarget.value)}
        data={[
          { value: "", label: t("people.nobody") },
          ...others.map((each) => ({ value: each.id, label: each.name })),
        ]}
      />
    </Confirm>
  );
}
