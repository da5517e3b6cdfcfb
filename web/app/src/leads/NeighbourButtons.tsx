import { ActionIcon, type ActionIconProps } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

type Props = {
  previous: string | undefined;
  next: string | undefined;
  go: (to: string | undefined) => () => void;
} & Pick<ActionIconProps, "variant">;

// To the leads before and after the open one.
export function NeighbourButtons({ previous, next, go, ...look }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <ActionIcon
        {...look}
        size="sm"
        aria-label={t("lead.previous")}
        aria-keyshortcuts="["
        disabled={previous === undefined}
        onClick={go(previous)}
      >
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon
        {...look}
        size="sm"
        aria-label={t("lead.next")}
        aria-keyshortcuts="]"
        disabled={next === undefined}
        onClick={go(next)}
      >
        <IconChevronDown size={16} />
      </ActionIcon>
    </>
  );
}
