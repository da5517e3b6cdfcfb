import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { panelWidth } from "./LeadPanel";
import styles from "./LeadPanel.module.css";

type Props = { width: number; change: (width: number) => void };

const within = (width: number) =>
  Math.min(panelWidth.most, Math.max(panelWidth.least, Math.round(width)));

// The edge by which the panel is made wider or narrower, with the pointer or the arrow keys.
export function PanelEdge({ width, change }: Props) {
  const { t, i18n } = useTranslation();
  const start = useRef<{ x: number; width: number } | undefined>(undefined);
  const towards = i18n.dir() === "rtl" ? -1 : 1;
  return (
    <div
      className={styles.edge}
      role="separator"
      aria-orientation="vertical"
      aria-label={t("lead.resize")}
      aria-valuenow={width}
      aria-valuemin={panelWidth.least}
      aria-valuemax={panelWidth.most}
      tabIndex={0}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const from = start.current;
        if (from) change(within(from.width + towards * (from.x - event.clientX)));
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onDoubleClick={() => change(panelWidth.usual)}
      onKeyDown={(event) => {
        const by = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        change(within(width + towards * by));
      }}
    />
  );
}
