import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type GrantSupport, lengths } from "./supportAccess";

type Length = GrantSupport["length"];

// For how long support may look.
export function LengthField({
  length,
  change,
}: {
  length: Length;
  change: (length: Length) => void;
}) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t("support.for")}
      value={length}
      onChange={(event) => {
        const chosen = lengths.find((each) => each === event.currentTarget.value);
        if (chosen) change(chosen);
      }}
      data={lengths.map((each) => ({ value: each, label: t(`support.length.${each}`) }))}
    />
  );
}
