import { Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { KeyCap } from "../ui/KeyCap";
import { useKeys } from "../ui/useKeys";
import { useStageChange } from "./leadChanges";
import { type Lead, stagesQuery } from "./leads";
import { StageMark } from "./StageMark";
import styles from "./StagePicker.module.css";

// The stage of the open lead; the keys 1 to 9 move it as well.
export function StagePicker({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const stages = useQuery(stagesQuery).data ?? [];
  const move = useStageChange();
  useKeys(
    Object.fromEntries(
      stages.slice(0, 9).map((stage, at) => [String(at + 1), () => move(lead, stage)]),
    ),
  );

  return (
    <Menu position="bottom-start" width={200}>
      <Menu.Target>
        <button
          type="button"
          className={styles.button}
          aria-label={t("stage.label", { stage: lead.stage.name })}
          disabled={stages.length === 0}
        >
          <StageMark stage={lead.stage} />
          <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {stages.map((stage, at) => (
          <Menu.RadioItem
            key={stage.id}
            value={stage.id}
            checked={stage.id === lead.stage.id}
            closeMenuOnClick
            rightSection={
              <span className={styles.end}>
                {stage.id === lead.stage.id && <IconCheck size={16} />}
                {at < 9 && <KeyCap>{at + 1}</KeyCap>}
              </span>
            }
            onChange={() => move(lead, stage)}
          >
            <StageMark stage={stage} />
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
