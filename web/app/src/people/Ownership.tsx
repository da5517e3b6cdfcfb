import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../accounts/AccountForm.module.css";
import { FormNotice } from "../accounts/FormNotice";
import { faultsOf } from "../accounts/formFields";
import { ProofFields, proofOf } from "../accounts/ProofFields";
import { useMe } from "../accounts/useMe";
import { Box } from "../ui/Box";
import { membersQuery, passOn } from "./people";

// Somebody else becomes owner, and oneself what one chooses. Both sign in again afterwards.
export function Ownership() {
  const { t } = useTranslation();
  const { role } = useMe();
  const [isOpen, setIsOpen] = useState(false);
  if (role !== "owner") return null;
  return (
    <Box title={t("ownership.title")}>
      {isOpen ? (
        <PassOnForm close={() => setIsOpen(false)} />
      ) : (
        <div className={styles.row}>
          <p className={styles.words}>{t("ownership.about")}</p>
          <Button size="sm" onClick={() => setIsOpen(true)}>
            {t("ownership.open")}
          </Button>
        </div>
      )}
    </Box>
  );
}

function PassOnForm({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const members = useQuery(membersQuery).data ?? [];
  const heirs = members.filter(
    (each) => each.left_at === null && each.role !== "owner" && each.is_email_confirmed,
  );
  const passing = useMutation({
    mutationFn: passOn,
    onSuccess: async () => {
      cache.clear();
      await navigate({ to: "/sign-in" });
    },
  });
  const faults = faultsOf(passing.error, ["password", "code"]);
  if (heirs.length === 0) return <p className={styles.words}>{t("ownership.nobody")}</p>;
  return (
    <form
      className={styles.form}
      aria-label={t("ownership.title")}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget);
        passing.mutate({
          id: String(typed.get("id")),
          becomes: typed.get("becomes") === "agent" ? "agent" : "team_lead",
          ...proofOf(typed, user.has_second_factor),
        });
      }}
    >
      {faults.whole && <FormNotice problem={passing.error} />}
      <NativeSelect
        label={t("ownership.heir")}
        name="id"
        data={heirs.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <NativeSelect
        label={t("ownership.becomes")}
        name="becomes"
        data={(["team_lead", "agent"] as const).map((value) => ({
          value,
          label: t(`role.${value}`),
        }))}
      />
      <ProofFields asksCode={user.has_second_factor} faults={faults} />
      <p className={styles.words}>{t("ownership.after")}</p>
      <div className={styles.actions}>
        <Button type="submit" variant="filled" loading={passing.isPending}>
          {t("ownership.do")}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t("passwordBox.cancel")}
        </Button>
      </div>
    </form>
  );
}
