import { ActionIcon, Button } from "@mantine/core";
import {
  IconBrandWhatsapp,
  IconHandGrab,
  IconMail,
  IconMessage,
  IconPhone,
} from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { KeyCap } from "../ui/KeyCap";
import { usePhone } from "../ui/screenWidth";
import { useKeys } from "../ui/useKeys";
import { useTake } from "./assigning";
import styles from "./ContactActions.module.css";
import { callLink, mailLink, smsLink, whatsappLink } from "./contactLinks";
import type { Lead } from "./leads";

// The ways to reach somebody, and only those that this lead has. The first is the plum one.
export function ContactActions({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const bar = useRef<HTMLDivElement>(null);
  const press = (key: string) => () =>
    bar.current?.querySelector<HTMLAnchorElement>(`a[aria-keyshortcuts="${key}"]`)?.click();
  useKeys({ c: press("C"), w: press("W"), h: press("H"), m: press("M") });

  const ways = [
    { key: "C", label: t("action.call"), link: callLink(lead), icon: IconPhone },
    {
      key: "W",
      label: t("action.whatsapp"),
      link: whatsappLink(lead),
      icon: IconBrandWhatsapp,
      outside: true,
    },
    { key: "H", label: t("action.sms"), link: smsLink(lead), icon: IconMessage },
    { key: "M", label: t("action.mail"), link: mailLink(lead), icon: IconMail },
  ].filter(({ link }) => link !== undefined);

  if (lead.contact_hidden) return <TakeToSee lead={lead} />;
  if (ways.length === 0) return <p className={styles.none}>{t("action.none")}</p>;
  return (
    <div ref={bar} className={styles.bar} data-ways={ways.length}>
      {ways.map(({ key, label, link, icon: Icon, outside }, at) => {
        const shared = {
          component: "a" as const,
          href: link,
          "aria-keyshortcuts": key,
          ...(outside ? { target: "_blank", rel: "noreferrer" } : {}),
        };
        if (phone) {
          return (
            <Button
              {...shared}
              key={key}
              className={styles.tile ?? ""}
              variant={at === 0 ? "filled" : "default"}
            >
              <Icon size={22} aria-hidden="true" />
              {label}
            </Button>
          );
        }
        if (at > 1) {
          return (
            <ActionIcon
              {...shared}
              key={key}
              variant="default"
              size="lg"
              aria-label={label}
              title={`${label} (${key})`}
            >
              <Icon size={16} aria-hidden="true" />
            </ActionIcon>
          );
        }
        return (
          <Button
            {...shared}
            key={key}
            size="lg"
            variant={at === 0 ? "filled" : "default"}
            leftSection={<Icon size={16} aria-hidden="true" />}
            rightSection={at === 0 ? <KeyCap>{key}</KeyCap> : undefined}
          >
            {label}
          </Button>
        );
      })}
    </div>
  );
}

// In place of the ways to somebody whose contact comes with taking the lead.
function TakeToSee({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const me = useMe();
  const take = useTake(lead);
  if (!me.rights.includes("write_leads"))
    return <p className={styles.none}>{t("lead.takeToSee")}</p>;
  return (
    <Button
      size="lg"
      fullWidth
      leftSection={<IconHandGrab size={16} stroke={1.6} aria-hidden="true" />}
      loading={take.isPending}
      onClick={() => take.mutate()}
    >
      {t("lead.takeToSee")}
    </Button>
  );
}
