import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/ApiProblem";
import { ClockRing } from "../ui/ClockRing";
import { Empty } from "../ui/Empty";
import { Trouble } from "../ui/Trouble";

// One lead did not load. That it is gone is no trouble, but a fact.
export function LeadTrouble({ problem, retry }: { problem: unknown; retry: () => void }) {
  const { t } = useTranslation();
  if (problem instanceof ApiProblem && problem.status === 404) {
    return (
      <Empty
        ring={<ClockRing size={56} state="waiting" />}
        title={t("lead.goneTitle")}
        text={t("lead.goneText")}
      />
    );
  }
  return <Trouble title={t("lead.trouble")} problem={problem} retry={retry} />;
}
