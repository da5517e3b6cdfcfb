import { Button } from "@mantine/core";
import { IconLifebuoy } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Banner } from "../ui/Banner";
import { useLiveGrant } from "./useLiveGrant";
import { useOpenRequest } from "./useOpenRequest";

// Owners are told that support asks to look; where they answer, they see it anyway.
export function RequestBanner() {
  const { t } = useTranslation();
  const request = useOpenRequest();
  const grant = useLiveGrant();
  const here = useLocation({ select: ({ pathname }) => pathname });
  if (request === null || grant !== null || here === "/settings/support") return null;
  return (
    <Banner
      tone="look"
      icon={IconLifebuoy}
      title={t("support.asks", { name: request.asked_by })}
      end={
        <Button size="sm" component={Link} to="/settings/support">
          {t("support.answer")}
        </Button>
      }
    >
      {request.reason}
    </Banner>
  );
}
