import { Button, Skeleton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Box } from "../ui/Box";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { ExportRow } from "./ExportRow";
import { exportsQuery, isBeingMade, leadFormats, orderExport } from "./exports";
import styles from "./PrivacySection.module.css";

// Everything for owners, leads for everybody; below, what was made and can still be fetched.
export function ExportBox() {
  const { t } = useTranslation();
  const { rights, user } = useMe();
  const cache = useQueryClient();
  const made = useQuery(exportsQuery);
  const reasonOf = useReasonOf();
  const order = useMutation({
    mutationFn: orderExport,
    onSettled: () => cache.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
  const ownsAll = rights.includes("own_data");
  const busy =
    order.isPending ||
    made.data?.some((each) => isBeingMade(each) && each.ordered_by === user.name) === true;

  return (
    <Box title={t("export.title")}>
      <p className={styles.text}>{t(ownsAll ? "export.aboutAll" : "export.aboutLeads")}</p>
      <div className={styles.actions}>
        {ownsAll && (
          <Button
            variant="filled"
            disabled={busy}
            onClick={() => order.mutate({ kind: "organization", format: "zip" })}
          >
            {t("export.everything")}
          </Button>
        )}
        {leadFormats.map((format) => (
          <Button
            key={format}
            disabled={busy}
            onClick={() => order.mutate({ kind: "leads", format })}
          >
            {t(`export.leadsAs.${format}`)}
          </Button>
        ))}
      </div>
      {order.isError && (
        <p className={styles.problem} role="alert">
          {reasonOf(order.error)}
        </p>
      )}
      {made.isPending && <Skeleton height={48} />}
      {made.isError && (
        <Trouble title={t("export.trouble")} problem={made.error} retry={() => made.refetch()} />
      )}
      {made.isSuccess && made.data.length === 0 && (
        <p className={styles.text}>{t("export.none")}</p>
      )}
      {made.isSuccess && made.data.length > 0 && (
        <ul className={styles.list} aria-label={t("export.made")} aria-live="polite">
          {made.data.map((each) => (
            <ExportRow key={each.id} made={each} />
          ))}
        </ul>
      )}
    </Box>
  );
}
