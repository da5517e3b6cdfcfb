import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CustomField, usedFieldsQuery } from "../customFields/customFields";
import { fieldText } from "../customFields/fieldText";
import { useLocale } from "../ui/useLocale";
import { CustomFieldEdit } from "./CustomFieldEdit";
import styles from "./CustomFields.module.css";
import details from "./LeadDetails.module.css";
import type { Lead } from "./leads";

// The organization's own fields: those with a value, and on demand the others.
export function CustomFields({ lead, Heading }: { lead: Lead; Heading: "h2" | "h3" }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const fields = useQuery(usedFieldsQuery).data ?? [];
  const words = { yes: t("field.yes"), no: t("field.no") };
  const [showsAll, setShowsAll] = useState(false);
  const isFilled = ({ key }: CustomField) => key in lead.custom || key in lead.misfits;
  // Once shown, a field stays where it is while somebody works on it.
  const shown = showsAll ? fields : fields.filter(isFilled);
  // Who does not see the contact adds nothing to it either.
  const hidden = lead.contact_hidden ? 0 : fields.length - fields.filter(isFilled).length;
  if (shown.length + hidden === 0) return null;
  return (
    <section className={details.section}>
      <Heading className={details.heading}>{t("field.title")}</Heading>
      {shown.length > 0 && (
        <dl className={details.pairs}>
          {shown.map((field) => (
            <div key={field.id} className={details.pair}>
              <dt>{field.label}</dt>
              <dd dir="auto">
                {lead.contact_hidden ? (
                  fieldText(field, lead.custom[field.key], locale, words)
                ) : (
                  <CustomFieldEdit key={lead.id} lead={lead} field={field} />
                )}
                {lead.misfits[field.key] !== undefined && (
                  <p className={styles.misfit}>
                    <IconAlertTriangle size={14} stroke={1.6} aria-hidden="true" />
                    {t("field.misfit", { answer: lead.misfits[field.key] })}
                  </p>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {hidden > 0 && (
        <Button
          size="sm"
          variant="subtle"
          className={styles.more}
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? t("field.hideEmpty") : t("field.showEmpty", { count: hidden })}
        </Button>
      )}
    </section>
  );
}
