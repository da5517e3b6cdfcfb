import { IconSearch } from "@tabler/icons-react";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeyCap } from "../ui/KeyCap";
import { useKeys } from "../ui/useKeys";
import styles from "./LeadSearchField.module.css";
import { readLeadSearch } from "./leadFilter";

const fieldId = "lead-search";
export const focusSearch = () => document.getElementById(fieldId)?.focus();

// Finds leads by name, phone, mail and answers. What is sought stands in the address bar.
export function LeadSearchField({ place }: { place: "rail" | "bar" }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const q = useLocation({ select: ({ search }) => readLeadSearch(search).q ?? "" });
  const [text, setText] = useState(q);
  const asked = useRef(q);
  useKeys({ "/": focusSearch });

  // The address changed by itself: a chip was closed, or the person went back.
  useEffect(() => {
    if (q === asked.current) return;
    asked.current = q;
    setText(q);
  }, [q]);

  useEffect(() => {
    const next = text.trim();
    if (next === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = next;
      navigate({
        to: "/leads",
        replace: true,
        search: ({ q: _, ...before }) => (next === "" ? before : { ...before, q: next }),
      });
    }, 180);
    return () => clearTimeout(timer);
  }, [text, navigate]);

  return (
    <search className={styles.search} data-search-field data-place={place}>
      <IconSearch size={16} stroke={1.6} aria-hidden="true" />
      <input
        id={fieldId}
        type="search"
        value={text}
        placeholder={t("search.placeholder")}
        aria-label={t("search.label")}
        aria-keyshortcuts="/"
        autoComplete="off"
        enterKeyHint="search"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (text === "") event.currentTarget.blur();
          else setText("");
        }}
      />
      {text === "" && <KeyCap>/</KeyCap>}
    </search>
  );
}
