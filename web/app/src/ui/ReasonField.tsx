import { Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./ReasonField.module.css";

type Props = { name?: string; label: string; hint: string; error?: ReactNode };

// Why something is done that others will read about. `reasonIn` is its text.
export function ReasonField({ name = "reason", label, hint, error }: Props) {
  return (
    <Textarea
      className={styles.reason}
      label={label}
      description={hint}
      name={name}
      required
      withAsterisk={false}
      minLength={3}
      maxLength={500}
      autosize
      minRows={2}
      error={error}
    />
  );
}

export const reasonIn = (form: HTMLFormElement, name = "reason") =>
  String(new FormData(form).get(name) ?? "").trim();
