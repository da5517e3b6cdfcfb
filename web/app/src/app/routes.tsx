// The list of screens. Each is loaded when it is first gone to.
import type { QueryClient } from "@tanstack/react-query";
import {
  createBrowserHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { homeOf, isInOrganization, meQuery, mustSetUpSecondFactor } from "../accounts/accounts";
import { readAuditSearch } from "../audit/auditSearch";
import { isTrouble, type Trouble } from "../companySignIn/companySignIn";
import { readLeadSearch, readSearch, writeSearch } from "../leads/leadFilter";
import { readSourcesSearch } from "../meta/sourcesSearch";
import { readOrganizationSearch } from "../platformAdmin/organizationSearch";
import { spoken } from "./i18n";
import { NotFound } from "./NotFound";
import { StartTrouble } from "./StartTrouble";

const root = createRootRouteWithContext<{ cache: QueryClient }>()({
  beforeLoad: spoken,
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: StartTrouble,
});

type SignInSearch = { next?: string; company?: Trouble };

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    // Only back into this app: an address from elsewhere must not send anybody elsewhere.
    ...(typeof search.next === "string" && /^\/app\/(?!\/)/.test(search.next)
      ? { next: search.next }
      : {}),
    ...(isTrouble(search.company) ? { company: search.company } : {}),
  }),
  component: lazyRouteComponent(() => import("../accounts/SignInPage"), "SignInPage"),
});

const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  component: lazyRouteComponent(() => import("../accounts/RegisterPage"), "RegisterPage"),
});

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: "/confirm-email",
  component: lazyRouteComponent(() => import("../accounts/ConfirmEmailPage"), "ConfirmEmailPage"),
});

const newAddress = createRoute({
  getParentRoute: () => root,
  path: "/new-address",
  component: lazyRouteComponent(() => import("../accounts/NewAddressPage"), "NewAddressPage"),
});

const newPassword = createRoute({
  getParentRoute: () => root,
  path: "/new-password",
  component: lazyRouteComponent(() => import("../accounts/NewPasswordPage"), "NewPasswordPage"),
});

// All that is open to somebody who is asked for a second factor, and has none.
const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  beforeLoad: async ({ context }) => {
    const me = await context.cache.ensureQueryData(meQuery);
    if (me === null) throw redirect({ to: "/sign-in" });
    if (!mustSetUpSecondFactor(me)) throw redirect({ to: homeOf(me) });
    await spoken();
  },
  component: lazyRouteComponent(() => import("../accounts/SecondFactorPage"), "SecondFactorPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(() => import("../people/InvitationPage"), "InvitationPage"),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const me = await context.cache.ensureQueryData(meQuery);
    if (me !== null && mustSetUpSecondFactor(me)) throw redirect({ to: "/second-factor" });
    if (me !== null && !isInOrganization(me)) throw redirect({ to: "/platform" });
    if (me !== null) return spoken();
    const wanted = location.pathname === "/" ? {} : { next: `/app${location.href}` };
    throw redirect({ to: "/sign-in", search: wanted });
  },
  component: lazyRouteComponent(() => import("./Shell"), "Shell"),
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/leads", replace: true });
  },
});

const leads = createRoute({
  getParentRoute: () => signedIn,
  path: "/leads",
  validateSearch: readLeadSearch,
  component: lazyRouteComponent(() => import("../leads/LeadListPage"), "LeadListPage"),
});

const lead = createRoute({
  getParentRoute: () => signedIn,
  path: "/leads/$id",
  validateSearch: readLeadSearch,
  component: lazyRouteComponent(() => import("../leads/LeadPage"), "LeadPage"),
});

const sources = createRoute({
  getParentRoute: () => signedIn,
  path: "/sources",
  validateSearch: readSourcesSearch,
  component: lazyRouteComponent(() => import("../meta/SourcesPage"), "SourcesPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  component: lazyRouteComponent(() => import("../settings/SettingsPage"), "SettingsPage"),
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profile",
  component: lazyRouteComponent(() => import("../accounts/ProfileSection"), "ProfileSection"),
});

const facts = createRoute({
  getParentRoute: () => settings,
  path: "/organization",
  component: lazyRouteComponent(() => import("../accounts/OrganizationBox"), "OrganizationBox"),
});

const plan = createRoute({
  getParentRoute: () => settings,
  path: "/plan",
  component: lazyRouteComponent(() => import("../plan/PlanSection"), "PlanSection"),
});

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: "/keys",
  component: lazyRouteComponent(() => import("../apiKeys/KeysSection"), "KeysSection"),
});

const signInRules = createRoute({
  getParentRoute: () => settings,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("../accounts/SignInRules"), "SignInRules"),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("../audit/AuditSection"), "AuditSection"),
});

const deletedLeads = createRoute({
  getParentRoute: () => settings,
  path: "/deleted",
  component: lazyRouteComponent(() => import("../leads/DeletedLeads"), "DeletedLeads"),
});

const shift = createRoute({
  getParentRoute: () => settings,
  path: "/shift",
  component: lazyRouteComponent(() => import("../people/ShiftSection"), "ShiftSection"),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  component: lazyRouteComponent(() => import("../people/PeopleSection"), "PeopleSection"),
});

const privacy = createRoute({
  getParentRoute: () => settings,
  path: "/privacy",
  component: lazyRouteComponent(() => import("../privacy/PrivacySection"), "PrivacySection"),
});

const support = createRoute({
  getParentRoute: () => settings,
  path: "/support",
  component: lazyRouteComponent(() => import("../supportAccess/SupportSection"), "SupportSection"),
});

// Where the service itself is operated, outside every organization.
const platform = createRoute({
  getParentRoute: () => root,
  path: "/platform",
  beforeLoad: async ({ context, location }) => {
    const me = await context.cache.ensureQueryData(meQuery);
    if (me === null) throw redirect({ to: "/sign-in", search: { next: `/app${location.href}` } });
    if (isInOrganization(me)) throw redirect({ to: "/leads" });
    if (mustSetUpSecondFactor(me)) throw redirect({ to: "/second-factor" });
  },
  component: lazyRouteComponent(() => import("../platformAdmin/PlatformShell"), "PlatformShell"),
});

const organizations = createRoute({
  getParentRoute: () => platform,
  path: "/",
  validateSearch: readOrganizationSearch,
  component: lazyRouteComponent(
    () => import("../platformAdmin/OrganizationsPage"),
    "OrganizationsPage",
  ),
});

const organization = createRoute({
  getParentRoute: () => platform,
  path: "/organizations/$id",
  component: lazyRouteComponent(
    () => import("../platformAdmin/OrganizationPage"),
    "OrganizationPage",
  ),
});

const health = createRoute({
  getParentRoute: () => platform,
  path: "/health",
  component: lazyRouteComponent(() => import("../platformAdmin/HealthPage"), "HealthPage"),
});

const features = createRoute({
  getParentRoute: () => platform,
  path: "/features",
  component: lazyRouteComponent(() => import("../platformAdmin/FeaturesPage"), "FeaturesPage"),
});

const ownProfile = createRoute({
  getParentRoute: () => platform,
  path: "/profile",
  component: lazyRouteComponent(() => import("../platformAdmin/ProfilePage"), "ProfilePage"),
});

const mails = createRoute({
  getParentRoute: () => platform,
  path: "/mails",
  component: lazyRouteComponent(() => import("../platformAdmin/MailsPage"), "MailsPage"),
});

const deadLetters = createRoute({
  getParentRoute: () => platform,
  path: "/dead-letters",
  component: lazyRouteComponent(
    () => import("../platformAdmin/DeadLettersPage"),
    "DeadLettersPage",
  ),
});

const tree = root.addChildren([
  signIn,
  register,
  confirmEmail,
  newAddress,
  newPassword,
  secondFactor,
  invitation,
  signedIn.addChildren([
    home,
    leads,
    lead,
    sources,
    settings.addChildren([
      apiKeys,
      audit,
      deletedLeads,
      facts,
      people,
      plan,
      privacy,
      profile,
      shift,
      signInRules,
      support,
    ]),
  ]),
  platform.addChildren([
    organizations,
    organization,
    health,
    features,
    mails,
    deadLetters,
    ownProfile,
  ]),
]);

export const createAppRouter = (
  cache: QueryClient,
  history: RouterHistory = createBrowserHistory(),
) =>
  createRouter({
    routeTree: tree,
    history,
    basepath: "/app",
    context: { cache },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultPreload: "intent",
    // What a screen does not know of an address does not reach it.
    search: { strict: true },
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
