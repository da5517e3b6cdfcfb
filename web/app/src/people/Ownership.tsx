import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import styles from "../accounts/AccountForm.module.css";
import { ProofFields, useProof } from "../accounts/ProofFields";
import { useMe } from "../accounts/useMe";
import { Box } from "../ui/Box";
import { FormActions } from "../ui/FormActions";
import { useInPlace } from "../ui/useInPlace";
import { membersQuery, passOn } from "./people";

// Somebody else becomes owner, and oneself what one chooses. Both sign in again afterwards.
export function Ownership() {
  const { t } = useTranslation();
  const { role } = useMe();
  const { form, opener, close } = useInPlace<"pass on">();
  if (role !== "owner") return null;
  return (
    <Box title={t("ownership.title")}>
      {form === "pass on" ? (
        <PassOnForm close={close} />
      ) : (
        <div className={styles.row}>
          <p className={styles.words}>{t("ownership.about")}</p>
          <Button size="sm" {...opener("pass on")}>
            {t("ownership.open")}
          </Button>
        </div>
      )}
    </Box>
  );
}

function PassOnForm({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const proof = useProof();
  const navigate = useNavigate();
  const members = useQuery(membersQuery).data ?? [];
  const heirs = members.filter(
    (each) => each.left_at === null && each.role !== "owner" && each.is_email_confirmed,
  );
  const passing = useMutation({
    mutationFn: async (typed: FormData) =>
      passOn({
        id: String(typed.get("id")),
        becomes: typed.get("becomes") === "agent" ? "agent" : "team_lead",
        ...(await proof.of(typed)),
      }),
    onSuccess: async () => {
      cache.clear();
      await navigate({ to: "/sign-in" });
    },
  });
  if (heirs.length === 0) return <p className={styles.words}>{t("ownership.nobody")}</p>;
  return (
    <form
      className={styles.form}
      aria-label={t("ownership.title")}
      onSubmit={(event) => {
        event.preventDefault();
        passing.mutate(new FormData(event.currentTarget));
      }}
    >
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
      <ProofFields proof={proof} problem={passing.error} />
      <p className={styles.words}>{t("ownership.after")}</p>
      <FormActions act={t("ownership.do")} busy={passing.isPending} close={close} />
    </form>
  );
}
