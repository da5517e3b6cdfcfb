import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldsQuery } from "../customFields/customFields";
import { fieldText } from "../customFields/fieldText";
import { Tag } from "../ui/Tag";
import { useLocale } from "../ui/useLocale";
import type { FieldDifference, RunPreview } from "./mapping";
import styles from "./ReadAgain.module.css";

// In how many leads something would change, and in some of them what.
export function LeadDifferences({ preview }: { preview: RunPreview }) {
  const { t } = useTranslation();
  const { total, seen, changed, kept, sample } = preview;
  return (
    <>
      <p role="status">
        {total === 0
          ? t("readAgain.none")
          : changed === 0
            ? t("readAgain.nothing", { count: seen })
            : t("readAgain.would", { count: changed, seen })}
        {seen < total && ` ${t("readAgain.more", { count: total })}`}
      </p>
      {kept > 0 && <p>{t("readAgain.kept", { count: kept })}</p>}
      {sample.length > 0 && (
        <section
          className={styles.sample}
          aria-label={t("readAgain.sample")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
          tabIndex={0}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">{t("readAgain.lead")}</th>
                <th scope="col">{t("readAgain.field")}</th>
                <th scope="col">{t("readAgain.now")}</th>
                <th scope="col">{t("readAgain.then")}</th>
              </tr>
            </thead>
            <tbody>
              {sample.flatMap((lead) =>
                lead.fields
                  .filter(({ field }) => field !== "phone_raw")
                  .map((field, place) => (
                    <tr key={`${lead.lead_id} ${field.field}`}>
                      <th scope="row" dir="auto">
                        {place === 0 ? lead.name || `#${lead.number}` : ""}
                      </th>
                      <OneField difference={field} />
                    </tr>
                  )),
              )}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function OneField({ difference }: { difference: FieldDifference }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const fields = useQuery(fieldsQuery).data ?? [];
  const key = difference.field.replace(/^custom\./, "");
  const field = key === difference.field ? undefined : fields.find((each) => each.key === key);
  const words = { yes: t("field.yes"), no: t("field.no") };
  const text = (value: unknown, misfit: string | null) =>
    misfit === null ? fieldText(field, value, locale, words) || "–" : `“${misfit}”`;
  const name =
    key === "name" || key === "phone" || key === "email"
      ? t(`contact.${key}`)
      : (field?.label ?? key);
  return (
    <>
      <td>{name}</td>
      <td dir="auto">{text(difference.before, difference.misfit_before)}</td>
      <td dir="auto">
        {difference.is_kept ? (
          <Tag>{t("readAgain.byHand")}</Tag>
        ) : (
          <>
            {text(difference.after, difference.misfit_after)}
            {difference.misfit_after !== null && (
              <span className={styles.misfit}>{t("readAgain.misfit")}</span>
            )}
          </>
        )}
      </td>
    </>
  );
}
