import { useTranslation } from "react-i18next";
import { useReasonOf } from "../ui/Trouble";
import { addressWithName, type NoPasskeys, PasskeyKnown, PasskeyNotGiven } from "./passkeyCeremony";

// Why a passkey was not made or used, in words for the reader.
export function usePasskeyReason(): (problem: unknown) => string {
  const { t } = useTranslation();
  const reasonOf = useReasonOf();
  return (problem) => {
    if (problem instanceof PasskeyNotGiven) return t("passkey.notGiven");
    if (problem instanceof PasskeyKnown) return t("passkey.known");
    return reasonOf(problem);
  };
}

// Why there are none here, and what to do about it.
export function NoPasskeyWords({ why }: { why: NoPasskeys }) {
  const { t } = useTranslation();
  const address = addressWithName();
  return (
    <>
      {t(`passkey.not.${why}`)}{" "}
      {why === "number" && address !== undefined && <a href={address}>{t("passkey.openNamed")}</a>}
    </>
  );
}
