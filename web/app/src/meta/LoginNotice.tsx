import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Notice } from "../ui/Notice";
import { loginAddress } from "./meta";

const route = getRouteApi("/signed-in/sources");

// How a login at Facebook ended, when it did not end well.
export function LoginNotice() {
  const { t } = useTranslation();
  const { trouble } = route.useSearch();
  const navigate = route.useNavigate();
  if (trouble === undefined) return null;
  return (
    <Notice
      tone={trouble === "declined" ? "soon" : "over"}
      title={t(`connect.trouble.${trouble}.title`)}
      close={() => navigate({ replace: true, search: ({ trouble: _, ...before }) => before })}
      actions={
        trouble !== "not_configured" && (
          <Button component="a" href={loginAddress()}>
            {t("connect.again")}
          </Button>
        )
      }
    >
      {t(`connect.trouble.${trouble}.text`)}
    </Notice>
  );
}
