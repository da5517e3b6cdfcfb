import { useTranslation } from "react-i18next";
import { Notice } from "../ui/Notice";
import type { Feature } from "./features";

// In place of what would set it up.
export function FeatureOffNotice({ feature }: { feature: Feature }) {
  const { t } = useTranslation();
  return (
    <Notice tone="plain" title={t("features.offTitle")}>
      {t(`features.off.${feature}`)}
    </Notice>
  );
}
