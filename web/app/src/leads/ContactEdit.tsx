import { useTranslation } from "react-i18next";
import { displayPhone } from "./contactLinks";
import { InlineEdit } from "./InlineEdit";
import { type ContactField, useContactChange } from "./leadChanges";
import type { Lead } from "./leads";

const inputs = {
  name: { type: "text", inputMode: "text", autoComplete: "off" },
  phone: { type: "tel", inputMode: "tel", autoComplete: "off" },
  email: { type: "email", inputMode: "email", autoComplete: "off" },
} as const;

// A contact field that is edited where it stands, unless it is hidden.
export function ContactEdit({ lead, field }: { lead: Lead; field: ContactField }) {
  const { t } = useTranslation();
  const save = useContactChange(field);
  const known = field === "phone" ? displayPhone(lead) : (lead[field] ?? "");
  if (lead.contact_hidden) return <span className="num">{known || t("contact.nothing")}</span>;
  return (
    <InlineEdit
      lead={lead}
      label={t(`contact.${field}`)}
      known={known}
      name={field}
      input={inputs[field]}
      save={save}
      textOf={(theirs) => theirs[field] ?? ""}
    />
  );
}
