import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../api/said";
import { Bar } from "../ui/Bar";
import { KeyCap } from "../ui/KeyCap";
import { Notice } from "../ui/Notice";
import { usePhone } from "../ui/screenWidth";
import { Tag } from "../ui/Tag";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { DeclinedScopes } from "./DeclinedScopes";
import { connectionQuery, connectPage, loginAddress } from "./meta";
import type { Connection, MetaPage, ShownPage } from "./metaShapes";
import styles from "./PageChooser.module.css";
import { PageMark } from "./PageMark";

// The pages Facebook showed at the last login; those that are checked get connected.
export function PageChooser({ pages, isFirst = false }: { pages: MetaPage[]; isFirst?: boolean }) {
  const { t } = useTranslation();
  const connection = useQuery(connectionQuery);
  return (
    <section className={styles.chooser} aria-labelledby="choose-pages">
      <h2 id="choose-pages" className={styles.title}>
        {t("choose.title")}
      </h2>
      <p className={styles.lead}>{t("choose.text")}</p>
      {connection.isPending && (
        <div className={styles.box} aria-busy="true" role="status" aria-label={t("choose.loading")}>
          {[1, 2, 3].map((row) => (
            <div key={row} className={styles.page}>
              <Bar width={200} />
            </div>
          ))}
        </div>
      )}
      {connection.isError && connection.data === undefined && (
        <Trouble
          title={t("connect.loadTrouble")}
          problem={connection.error}
          retry={() => connection.refetch()}
        />
      )}
      {connection.data && (
        <ChooserForm connection={connection.data} pages={pages} isFirst={isFirst} />
      )}
    </section>
  );
}

type FormProps = { connection: Connection; pages: MetaPage[]; isFirst: boolean };

function ChooserForm({ connection, pages, isFirst }: FormProps) {
  const { t } = useTranslation();
  const reasonOf = useReasonOf();
  const phone = usePhone();
  const navigate = getRouteApi("/signed-in/sources").useNavigate();
  const open = connection.pages.filter(({ can_connect, connected }) => can_connect && !connected);
  const [left, setLeft] = useState<string[]>([]);
  const chosen = open.filter(({ page_id }) => !left.includes(page_id));
  const connect = useConnectPages(() => navigate({ search: isFirst ? { step: "team" } : {} }));

  const turn = (pageId: string, isOn: boolean) =>
    setLeft(isOn ? left.filter((id) => id !== pageId) : [...left, pageId]);

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        connect.mutate(chosen);
      }}
    >
      <fieldset className={styles.box}>
        <legend className="vh">{t("choose.legend")}</legend>
        <div className={styles.head}>
          <span className={styles.found}>
            {t("choose.found", { count: connection.pages.length })}
          </span>
          {connection.person !== null && (
            <Tag>
              <IconCheck size={14} stroke={1.6} aria-hidden="true" />
              {t("connect.as", { name: connection.person.name })}
            </Tag>
          )}
        </div>
        {connection.pages.length === 0 && <p className={styles.none}>{t("choose.none")}</p>}
        {connection.pages.map((page) => (
          <PageChoice
            key={page.page_id}
            page={page}
            isChosen={chosen.includes(page)}
            turn={(isOn) => turn(page.page_id, isOn)}
            lastKnown={pages.find(({ page_id }) => page_id === page.page_id)}
          />
        ))}
      </fieldset>
      <DeclinedScopes connection={connection} />
      {connect.isError && <Notice tone="over" title={reasonOf(connect.error)} />}
      <div className={styles.actions}>
        <Button
          type="submit"
          variant="filled"
          size="lg"
          loading={connect.isPending}
          disabled={chosen.length === 0}
          {...(phone ? {} : { rightSection: <KeyCap>{t("choose.key")}</KeyCap> })}
        >
          {t("choose.do", { count: chosen.length })}
        </Button>
        <Button component="a" variant="subtle" size="lg" href={loginAddress()}>
          {t("choose.other")}
        </Button>
        {!isFirst && (
          <Button variant="subtle" size="lg" onClick={() => navigate({ search: {} })}>
            {t("choose.leave")}
          </Button>
        )}
      </div>
    </form>
  );
}

type ChoiceProps = {
  page: ShownPage;
  isChosen: boolean;
  turn: (isOn: boolean) => void;
  lastKnown: MetaPage | undefined;
};

function PageChoice({ page, isChosen, turn, lastKnown }: ChoiceProps) {
  const { t } = useTranslation();
  const why = useId();
  const isOpen = page.can_connect && !page.connected;
  const note = page.connected
    ? t("choose.connected")
    : lastKnown !== undefined
      ? t("choose.before")
      : t("choose.allForms");
  return (
    <label className={styles.page} data-shut={!isOpen || undefined}>
      <input
        type="checkbox"
        checked={isChosen || page.connected}
        disabled={!isOpen}
        aria-describedby={why}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      <PageMark name={page.name} />
      <span className={styles.words}>
        <span className={styles.name}>{page.name}</span>
        <span id={why} className={styles.why}>
          {page.can_connect || page.connected ? <span className={styles.note}>{note}</span> : null}
          {page.missing.map(({ kind, name, message }) => (
            <span key={`${kind}-${name}`} className={styles.lack}>
              {said(message)}
            </span>
          ))}
        </span>
      </span>
    </label>
  );
}

// One after the other: should one be refused, those before it are connected all the same.
function useConnectPages(onDone: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (chosen: ShownPage[]) => {
      for (const { page_id } of chosen) await connectPage(page_id);
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["meta", "pages"] });
      onDone();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ["meta"] }),
  });
}
