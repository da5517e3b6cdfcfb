import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/ApiProblem";
import { useReasonOf } from "../ui/Trouble";
import styles from "./ContactEdit.module.css";
import { displayPhone } from "./contactLinks";
import { type ContactField, LeadConflict, useContactChange } from "./leadChanges";
import type { Lead } from "./leads";

const inputs = {
  name: { type: "text", inputMode: "text", autoComplete: "off" },
  phone: { type: "tel", inputMode: "tel", autoComplete: "off" },
  email: { type: "email", inputMode: "email", autoComplete: "off" },
} as const;

// A contact field that is edited where it stands. It saves when left or on Enter; Esc takes back.
export function ContactEdit({ lead, field }: { lead: Lead; field: ContactField }) {
  const { t } = useTranslation();
  const noteId = useId();
  const reasonOf = useReasonOf();
  const known = field === "phone" ? displayPhone(lead) : (lead[field] ?? "");
  const [draft, setDraft] = useState<string | undefined>();
  const save = useContactChange(field);
  const conflict = save.error instanceof LeadConflict ? save.error : undefined;
  const isSaved = save.isSuccess && draft === undefined;

  const { reset } = save;
  useEffect(() => {
    if (!isSaved) return;
    const timer = setTimeout(reset, 3000);
    return () => clearTimeout(timer);
  }, [isSaved, reset]);

  const submit = (value: string) => {
    if (value.trim() === known) {
      setDraft(undefined);
      if (save.isError) reset();
    } else {
      save.mutate({ lead, value: value.trim() }, { onSuccess: () => setDraft(undefined) });
    }
  };
  const takeBack = () => {
    setDraft(undefined);
    reset();
  };

  const note =
    save.error === null || conflict
      ? undefined
      : (save.error instanceof ApiProblem && save.error.fields.get(field)) || reasonOf(save.error);

  return (
    <div className={styles.field}>
      <span className={styles.line}>
        <input
          {...inputs[field]}
          className={styles.input}
          aria-label={t(`contact.${field}`)}
          aria-invalid={save.isError}
          aria-describedby={save.isError ? noteId : undefined}
          placeholder={t("contact.add")}
          value={draft ?? known}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={() => !conflict && draft !== undefined && submit(draft)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") {
              event.preventDefault();
              event.stopPropagation();
              takeBack();
              requestAnimationFrame(() => (document.activeElement as HTMLElement | null)?.blur());
            }
          }}
        />
        <span className={styles.state} role="status">
          {save.isPending && t("contact.saving")}
          {isSaved && (
            <>
              <IconCheck size={14} stroke={1.8} aria-hidden="true" />
              {t("contact.saved")}
            </>
          )}
        </span>
      </span>
      {conflict && (
        <div id={noteId} className={styles.conflict} role="alert">
          <p>
            {t("contact.conflict", {
              theirs: conflict.theirs[field] || t("contact.nothing"),
              yours: draft ?? "",
            })}
          </p>
          <button type="button" onClick={takeBack}>
            {t("contact.keepTheirs")}
          </button>
          <button type="button" onClick={() => submit(draft ?? "")}>
            {t("contact.useMine")}
          </button>
        </div>
      )}
      {note !== undefined && (
        <p id={noteId} className={styles.note} role="alert">
          <IconAlertCircle size={14} stroke={1.6} aria-hidden="true" />
          {note}
        </p>
      )}
    </div>
  );
}
