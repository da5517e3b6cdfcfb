import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { aLead, aRecord, fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

type Reading = { language: "en" | "de" | null; time_zone: string | null };

// Dana reads as she has chosen, which the server remembers.
function office(chosen: Reading = { language: null, time_zone: null }) {
  let user = { ...me.user, ...chosen };
  const lead = aLead({ submitted_at: "2026-04-14T22:30:00Z" });
  return fakeServer({
    "GET /me": () => ({ body: { ...me, user, rights: [...me.rights, "own_account"] } }),
    "PUT /me/profile": ({ body }) => {
      user = { ...user, ...(body as Reading) };
      return { status: 204 };
    },
    "GET /me/sessions": () => ({ body: { data: [], next_cursor: null } }),
    "GET /leads": () => ({ body: { data: [lead], next_cursor: null } }),
    "GET /leads/lead_1": () => ({ body: { ...aRecord(), ...lead } }),
  });
}

describe("how a person reads", () => {
  it("changes with the profile, at once", async () => {
    const { asked } = office();
    const { user } = renderApp("/settings/profile");
    await user.click(await screen.findByRole("button", { name: "Edit" }));
    expect(screen.getByRole("option", { name: "As on this device (English)" })).toBeInTheDocument();
    await user.selectOptions(screen.getByLabelText("Language"), "Deutsch");
    await user.selectOptions(screen.getByLabelText("Time zone"), "Asia/Tokyo");
    await user.click(screen.getByRole("button", { name: "Save" }));

    expect(await screen.findByRole("heading", { name: "Ihr Profil" })).toBeVisible();
    expect(await screen.findByText("Ihr Profil ist gespeichert.")).toBeVisible();
    expect(screen.getByText("Asia/Tokyo")).toBeVisible();
    expect(document.documentElement.lang).toBe("de");
    expect(asked.find(({ path }) => path === "/me/profile")?.body).toMatchObject({
      language: "de",
      time_zone: "Asia/Tokyo",
    });

    // And back to what the device says.
    await user.click(screen.getByRole("button", { name: "Bearbeiten" }));
    await user.selectOptions(screen.getByLabelText("Sprache"), "");
    await user.click(screen.getByRole("button", { name: "Speichern" }));
    expect(await screen.findByRole("heading", { name: "Your profile" })).toBeVisible();
    expect(document.documentElement.lang).toBe("en");
  });

  it("is what a page begins with: nothing of it was in another language before", async () => {
    office({ language: "de", time_zone: "Asia/Tokyo" });
    const seen = new Set<string>();
    const watch = new MutationObserver(() => seen.add(document.body.textContent ?? ""));
    watch.observe(document.body, { childList: true, characterData: true, subtree: true });
    renderApp("/leads/lead_1");
    expect(await screen.findByRole("heading", { name: "Verlauf" })).toBeVisible();
    watch.disconnect();
    expect([...seen].filter((text) => /Timeline|Owner|Stage/.test(text))).toEqual([]);
    const times = screen.getAllByTitle(/15\. Apr\. 2026, 07:30:00 (GMT\+9|JST)/);
    expect(times[0]).toHaveAttribute("datetime", "2026-04-14T22:30:00Z");
  });

  it("decides which hours are of today", async () => {
    const { asked } = office({ language: null, time_zone: "Asia/Tokyo" });
    renderApp("/leads?submitted=2026-04-14..2026-04-14");
    await screen.findByText("Ana Lima");
    const { query } = asked.findLast(({ path }) => path === "/leads") ?? {};
    expect(query?.get("submitted_after")).toBe("2026-04-13T15:00:00.000Z");
    expect(query?.get("submitted_before")).toBe("2026-04-14T15:00:00.000Z");
  });

  it("may name a zone that this browser does not know", async () => {
    office({ language: null, time_zone: "Mars/Olympus_Mons" });
    renderApp("/settings/profile");
    expect(await screen.findByText("Mars/Olympus Mons")).toBeVisible();
  });

  it("is the browser's as long as nobody is signed in", async () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-DE", "en"]);
    fakeServer({ "GET /me": () => refusal(401, "Please sign in.") });
    const { speak } = await import("../app/i18n");
    speak(null);
    renderApp("/sign-in");
    expect(await screen.findByRole("heading", { name: "Bei Lead CRM anmelden" })).toBeVisible();
    vi.restoreAllMocks();
  });
});
