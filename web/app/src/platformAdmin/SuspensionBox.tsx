import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FormNotice } from "../accounts/FormNotice";
import { Box } from "../ui/Box";
import { Confirm } from "../ui/Confirm";
import { ReasonField, reasonIn } from "../ui/ReasonField";
import { type OrganizationView, restore, suspend } from "./platform";
import styles from "./platform.module.css";

// Lets the people of an organization do nothing for now, or work again, and says why.
export function SuspensionBox({ view: { organization, suspension } }: { view: OrganizationView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<string>();
  const changed = () => {
    setAsking(undefined);
    return cache.invalidateQueries({ queryKey: ["platform"] });
  };
  const stop = useMutation({ mutationFn: suspend, onSettled: changed });
  const again = useMutation({ mutationFn: restore, onSettled: changed });
  const { id, name } = organization;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = reasonIn(event.currentTarget);
    if (suspension === null) setAsking(reason);
    else again.mutate({ id, reason });
  };
  const kind = suspension === null ? "suspend" : "restore";
  return (
    <Box title={t("platform.one.suspension")}>
      {stop.isError && <FormNotice problem={stop.error} />}
      {again.isError && <FormNotice problem={again.error} />}
      <form key={kind} className={styles.stack} onSubmit={submit}>
        <p className={styles.quiet}>
          {suspension === null
            ? t("platform.one.active")
            : t("platform.one.because", { reason: suspension })}
        </p>
        <ReasonField
          label={t(`platform.one.reasonTo.${kind}`)}
          hint={t(`platform.one.reasonHintTo.${kind}`)}
        />
        <Button type="submit" loading={again.isPending}>
          {t(`platform.one.${kind}`)}
        </Button>
      </form>
      {asking !== undefined && (
        <Confirm
          title={t("platform.one.suspendTitle", { name })}
          act={t("platform.one.suspend")}
          keep={t("confirm.cancel")}
          busy={stop.isPending}
          onAct={() => stop.mutate({ id, reason: asking })}
          close={() => setAsking(undefined)}
        >
          <p>{t("platform.one.suspendText")}</p>
        </Confirm>
      )}
    </Box>
  );
}
