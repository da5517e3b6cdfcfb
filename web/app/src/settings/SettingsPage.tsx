import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { Link, Navigate, Outlet, useMatches } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { PageBar } from "../ui/PageBar";
import { usePhone } from "../ui/screenWidth";
import { useTitle } from "../ui/useTitle";
import styles from "./SettingsPage.module.css";
import { groups, sections } from "./settingsSections";

// One's own settings and the organization's: the list of them, and beside it the chosen one. On a
// phone either of the two.
export function SettingsPage() {
  const { t } = useTranslation();
  const phone = usePhone();
  // Of what is shown: while the next screen loads, the address is that screen's already.
  const pathname = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? "" });
  const here = sections.find(({ to }) => pathname.startsWith(to));
  useTitle(here === undefined ? t("settings.title") : t(`settings.section.${here.name}`));

  if (here === undefined) return phone ? <List /> : <Navigate to="/settings/profile" replace />;
  return (
    <>
      <PageBar title={phone ? t(`settings.section.${here.name}`) : t("settings.title")} />
      <div className={styles.columns}>
        {phone ? (
          <Link to="/settings" className={styles.back}>
            <IconChevronLeft size={18} stroke={1.6} aria-hidden="true" />
            {t("settings.title")}
          </Link>
        ) : (
          <Sections />
        )}
        <div className={styles.content}>
          <Outlet />
        </div>
      </div>
    </>
  );
}

function List() {
  const { t } = useTranslation();
  return (
    <>
      <PageBar title={t("settings.title")} />
      <div className={styles.columns}>
        <Sections />
      </div>
    </>
  );
}

function Sections() {
  const { t } = useTranslation();
  const { rights, is_support } = useMe();
  return (
    <nav className={styles.sections} aria-label={t("settings.title")}>
      {groups.map((group) => {
        const shown = sections.filter(
          (section) =>
            section.group === group &&
            (!("right" in section) || rights.includes(section.right)) &&
            !(is_support && "isHiddenFromSupport" in section),
        );
        if (shown.length === 0) return null;
        return (
          <section key={group} className={styles.group} aria-labelledby={`settings-${group}`}>
            <h2 id={`settings-${group}`} className={styles.groupName}>
              {t(`settings.group.${group}`)}
            </h2>
            {shown.map(({ to, name, icon: Icon }) => (
              <Link
                key={to}
                to={to}
                className={styles.link}
                activeProps={{ "data-here": true, "aria-current": "page" }}
              >
                <Icon size={18} stroke={1.6} aria-hidden="true" />
                {t(`settings.section.${name}`)}
                <IconChevronRight className={styles.into} size={18} aria-hidden="true" />
              </Link>
            ))}
          </section>
        );
      })}
    </nav>
  );
}
