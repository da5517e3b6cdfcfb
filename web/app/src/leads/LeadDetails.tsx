import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { PersonRights } from "../privacy/PersonRights";
import { Age } from "../ui/Age";
import { Avatar } from "../ui/Avatar";
import { Bar } from "../ui/Bar";
import { ClockRing } from "../ui/ClockRing";
import { usePhone } from "../ui/screenWidth";
import { Tag } from "../ui/Tag";
import { exactTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { AnswerList } from "./AnswerList";
import { ContactActions } from "./ContactActions";
import { ContactEdit } from "./ContactEdit";
import { CustomFields } from "./CustomFields";
import { LeadConsent } from "./LeadConsent";
import styles from "./LeadDetails.module.css";
import { LeadTimeline } from "./LeadTimeline";
import type { Lead, LeadRecord } from "./leads";
import { OwnerPicker } from "./OwnerPicker";
import { SourceMark } from "./SourceMark";
import { StagePicker } from "./StagePicker";
import { SubmissionList } from "./SubmissionList";

type Props = {
  lead: Lead;
  // What the list does not hold: submissions and timeline. Missing while it loads.
  record: LeadRecord | undefined;
  layout: "panel" | "page";
};

// Everything about one lead: the same in the panel, on its own page and on the phone.
export function LeadDetails({ lead, record, layout }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const me = useMe();
  const phone = usePhone();
  const campaign = [lead.source.campaign_name, lead.source.adset_name, lead.source.ad_name].filter(
    (name) => name !== null && name !== undefined,
  );
  const [Title, Heading] = layout === "page" ? (["h1", "h2"] as const) : (["h2", "h3"] as const);

  return (
    <div className={styles.lead} data-layout={layout}>
      <header className={styles.head}>
        <div className={styles.who}>
          <ClockRing
            size={layout === "page" || phone ? 72 : 56}
            state={lead.stage.kind === "won" ? "met" : "waiting"}
          >
            {lead.stage.kind !== "won" && <Age since={lead.submitted_at} />}
          </ClockRing>
          <div className={styles.names}>
            <div className={styles.nameLine}>
              <Title className={styles.name}>
                {lead.name || t("lead.nameless", { number: lead.number })}
              </Title>
              {lead.is_test && <Tag>{t("lead.test")}</Tag>}
              {lead.submission_count > 1 && <Tag tone="accent">{t("lead.cameBack")}</Tag>}
            </div>
            <p className={styles.from}>
              <SourceMark source={lead.source} />
              <span>{lead.source.form_name ?? lead.source.page_name}</span>
              <span className={styles.quiet}>·</span>
              <span className={styles.quiet}>{t("lead.number", { number: lead.number })}</span>
            </p>
          </div>
        </div>
        <ContactActions lead={lead} />
      </header>

      <div className={styles.body}>
        <div className={styles.facts}>
          <section className={styles.section}>
            <dl className={styles.pairs}>
              <dt>{t("lead.stage")}</dt>
              <dd>
                <StagePicker lead={lead} />
              </dd>
              <dt>{t("lead.owner")}</dt>
              <dd className={styles.owner}>
                <Avatar name={lead.owner?.name} mine={lead.owner?.id === me.user.id} />
                {lead.owner?.name ?? <span className={styles.quiet}>{t("lead.unassigned")}</span>}
                <OwnerPicker lead={lead} />
              </dd>
              <dt>{t("lead.sent")}</dt>
              <dd className="num">{exactTime(lead.submitted_at, locale)}</dd>
            </dl>
          </section>

          <section className={styles.section}>
            <Heading className={styles.heading}>{t("lead.contact")}</Heading>
            <dl className={styles.pairs}>
              {(["name", "phone", "email"] as const).map((field) => (
                <div key={field} className={styles.pair}>
                  <dt>{t(`contact.${field}`)}</dt>
                  <dd>
                    <ContactEdit key={lead.id} lead={lead} field={field} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>

          <CustomFields lead={lead} Heading={Heading} />

          {lead.answers.length > 0 && (
            <section className={styles.section}>
              <Heading className={styles.heading}>{t("lead.answers")}</Heading>
              <AnswerList answers={lead.answers} />
            </section>
          )}

          <section className={styles.section}>
            <Heading className={styles.heading}>{t("lead.source")}</Heading>
            <dl className={styles.pairs}>
              {lead.source.page_name !== null && (
                <>
                  <dt>{t("lead.page")}</dt>
                  <dd>{lead.source.page_name}</dd>
                </>
              )}
              {lead.source.form_name !== null && (
                <>
                  <dt>{t("lead.form")}</dt>
                  <dd>{lead.source.form_name}</dd>
                </>
              )}
              <dt>{t("lead.campaign")}</dt>
              <dd>
                {campaign.length > 0 ? (
                  campaign.join(" › ")
                ) : (
                  <span className={styles.quiet}>
                    {lead.source.is_organic ? t("lead.organic") : t("lead.noCampaign")}
                  </span>
                )}
              </dd>
            </dl>
          </section>
        </div>

        <div
          className={styles.story}
          {...(layout === "page"
            ? { role: "region", "aria-label": t("lead.timeline"), tabIndex: 0 }
            : {})}
        >
          <section className={styles.section}>
            <Heading className={styles.heading}>{t("lead.timeline")}</Heading>
            {record ? <LeadTimeline entries={record.timeline} source={lead.source} /> : <Waiting />}
          </section>
          <section className={styles.section}>
            <Heading className={styles.heading}>
              {t("lead.submissions", { count: lead.submission_count })}
            </Heading>
            {record ? <SubmissionList record={record} /> : <Waiting />}
          </section>
          <section className={styles.section}>
            <Heading className={styles.heading}>{t("consent.title")}</Heading>
            {record ? <LeadConsent record={record} /> : <Waiting />}
          </section>
          {me.rights.includes("manage_organization") && (
            <section className={styles.section}>
              <Heading className={styles.heading}>{t("person.inPanel")}</Heading>
              <PersonRights
                id={lead.id}
                name={lead.name || t("lead.nameless", { number: lead.number })}
              />
            </section>
          )}
        </div>
      </div>
    </div>
  );
}

function Waiting() {
  return (
    <div className={styles.waiting} aria-hidden="true">
      <Bar width="60%" />
      <Bar width="40%" />
    </div>
  );
}
