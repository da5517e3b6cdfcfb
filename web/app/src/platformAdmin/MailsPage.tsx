import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Tag } from "../ui/Tag";
import { Trouble } from "../ui/Trouble";
import { useTitle } from "../ui/useTitle";
import { mailsQuery } from "./platform";
import styles from "./platform.module.css";
import { QueueTable } from "./QueueTable";

// Letters to people: what waits, and what went out or could not. Without their text.
export function MailsPage() {
  const { t } = useTranslation();
  useTitle(t("platform.mails"));
  const mails = useQuery(mailsQuery);
  return (
    <>
      <h1 className={styles.title}>{t("platform.mails")}</h1>
      <p className={styles.quiet}>{t("platform.mailsPage.about")}</p>
      {mails.isPending && <Bar width={320} />}
      {mails.isError && mails.data === undefined && (
        <Trouble
          title={t("platform.mailsPage.trouble")}
          problem={mails.error}
          retry={() => mails.refetch()}
        />
      )}
      {mails.data !== undefined && (
        <>
          <Box title={t("platform.mailsPage.waiting")}>
            {mails.data.waiting.length === 0 ? (
              <p className={styles.quiet}>{t("platform.mailsPage.noWaiting")}</p>
            ) : (
              <QueueTable lines={mails.data.waiting} />
            )}
          </Box>
          <Box title={t("platform.mailsPage.newest")}>
            {mails.data.newest.length === 0 ? (
              <p className={styles.quiet}>{t("platform.mailsPage.none")}</p>
            ) : (
              <table className={`${styles.table} ${styles.cards}`}>
                <thead>
                  <tr>
                    <th scope="col">{t("platform.mailsPage.subject")}</th>
                    <th scope="col">{t("platform.mailsPage.to")}</th>
                    <th scope="col">{t("platform.mailsPage.when")}</th>
                  </tr>
                </thead>
                <tbody>
                  {mails.data.newest.map((mail) => (
                    <tr key={`${mail.at} ${mail.recipient} ${mail.subject}`}>
                      <td>
                        <span>
                          {mail.subject}{" "}
                          {!mail.is_sent && <Tag tone="soon">{t("platform.mailsPage.kept")}</Tag>}
                        </span>
                      </td>
                      <td data-name={t("platform.mailsPage.to")}>{mail.recipient}</td>
                      <td data-name={t("platform.mailsPage.when")}>
                        <Ago time={mail.at} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Box>
        </>
      )}
    </>
  );
}
