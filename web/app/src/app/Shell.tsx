import "./shellTexts";
import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { isInOrganization, meQuery, mustSetUpSecondFactor } from "../accounts/accounts";
import { EmailBanner } from "../accounts/EmailBanner";
import { useMe } from "../accounts/useMe";
import { ViewBanner } from "../accounts/ViewBanner";
import { LiveStatus } from "../live/LiveStatus";
import { SourceBanner } from "../meta/SourceBanner";
import { useSetAvailability } from "../people/availability";
import { PlanBanner } from "../plan/PlanBanner";
import { DeletionBanner } from "../privacy/DeletionBanner";
import { RequestBanner } from "../supportAccess/RequestBanner";
import { SupportBanner } from "../supportAccess/SupportBanner";
import { VisitBanner } from "../supportAccess/VisitBanner";
import { useCramped, usePhone } from "../ui/screenWidth";
import { ToastArea } from "../ui/Toasts";
import { useKeys } from "../ui/useKeys";
import { useStored } from "../ui/useStored";
import { BottomBar } from "./BottomBar";
import { KeyHelp } from "./KeyHelp";
import { Rail } from "./Rail";
import styles from "./Shell.module.css";
import { Suspended } from "./Suspended";

// What stands around every screen of somebody who is signed in.
export function Shell() {
  const me = useQuery(meQuery);
  const { href, pathname } = useLocation();
  // On the way out, while the next screen still loads, the address is that screen's already.
  if (["/sign-in", "/second-factor", "/platform"].includes(pathname)) return null;
  // The session ended elsewhere, or ran out.
  if (me.data === null) {
    return <Navigate to="/sign-in" search={{ next: `/app${href}` }} />;
  }
  if (me.data === undefined) return null;
  // An owner has just asked everybody for one.
  if (mustSetUpSecondFactor(me.data)) return <Navigate to="/second-factor" />;
  // Support was let look, and is not any more.
  if (!isInOrganization(me.data)) return <Navigate to="/platform" replace />;
  if (me.data.organization.suspension !== null) return <Suspended />;
  return (
    <LiveStatus>
      <ToastArea>
        <Frame />
      </ToastArea>
    </LiveStatus>
  );
}

function Frame() {
  const phone = usePhone();
  const cramped = useCramped();
  const [folded, setFolded] = useStored("rail-folded", false);
  const [helping, setHelping] = useState(false);
  const mini = cramped || folded;
  const me = useMe();
  const shift = useSetAvailability();
  useKeys({
    "?": () => setHelping(true),
    p:
      me.rights.includes("read_leads") && me.viewer === null && !shift.isPending
        ? () => shift.mutate({ id: me.user.id, is_paused: me.paused_at === null })
        : undefined,
  });

  return (
    <div className={styles.app} data-mini={mini || undefined}>
      {!phone && (
        <Rail
          mini={mini}
          {...(cramped ? {} : { fold: () => setFolded(!folded) })}
          showKeys={() => setHelping(true)}
        />
      )}
      <main className={styles.main}>
        <ViewBanner />
        <VisitBanner />
        <SupportBanner />
        <RequestBanner />
        <DeletionBanner />
        <SourceBanner />
        <EmailBanner />
        <PlanBanner />
        <Outlet />
      </main>
      {phone && <BottomBar />}
      <KeyHelp opened={helping} close={() => setHelping(false)} />
    </div>
  );
}
