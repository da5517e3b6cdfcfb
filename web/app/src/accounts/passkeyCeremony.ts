// What the browser is asked about passkeys (WebAuthn): whether it can, to make one, and to sign with
// one. Everything that the server sees is base64url.
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type PasskeyAnswer = components["schemas"]["PasskeyAnswer"];
type PasskeyWish = components["schemas"]["PasskeyWish"];

// Why there are no passkeys here: an address that is a number, a connection that anybody can read,
// or a browser that has none.
export type NoPasskeys = "number" | "insecure" | "browser";

export function whyNoPasskeys(): NoPasskeys | undefined {
  if (/^[\d.]+$|^\[/.test(window.location.hostname)) return "number";
  if (!window.isSecureContext) return "insecure";
  if (!("PublicKeyCredential" in window) || navigator.credentials === undefined) return "browser";
  return undefined;
}

// The same page under this machine's name, when its number was opened.
export function addressWithName(): string | undefined {
  const { hostname, href } = window.location;
  if (hostname !== "127.0.0.1" && hostname !== "[::1]") return undefined;
  return href.replace(hostname, "localhost");
}

// Nobody confirmed, or the browser would not: nothing is wrong, and one may try again.
export class PasskeyNotGiven extends Error {}
// The authenticator has one of this account already.
export class PasskeyKnown extends Error {}

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) =>
    sign.charCodeAt(0),
  );
const textOf = (buffer: ArrayBuffer | null) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

async function credentialOf(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  let credential: Credential | null = null;
  try {
    credential = await asked;
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === "InvalidStateError")
      throw new PasskeyKnown();
    throw new PasskeyNotGiven();
  }
  if (credential === null) throw new PasskeyNotGiven();
  return credential as PublicKeyCredential;
}

export async function makePasskey(wish: PasskeyWish) {
  const credential = await credentialOf(
    navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(wish.challenge),
        rp: { id: wish.rp_id, name: "Lead CRM" },
        user: {
          id: bytesOf(wish.user_handle),
          name: wish.user_name,
          displayName: wish.display_name,
        },
        pubKeyCredParams: wish.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: wish.exclude.map((id) => ({ type: "public-key", id: bytesOf(id) })),
        authenticatorSelection: {
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
        attestation: "none",
        timeout: wish.timeout_ms,
      },
    }),
  );
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    client_data: textOf(response.clientDataJSON),
    authenticator_data: textOf(response.getAuthenticatorData()),
  };
}

type Asking = { signal: AbortSignal; inField: boolean };

// Whichever passkey the person chooses. `inField`: offered among what the browser fills in, without
// a window of its own.
export async function askForPasskey(asking?: Asking): Promise<PasskeyAnswer> {
  const question = await answerOf(api.POST("/api/v1/auth/passkey/challenge"));
  asking?.signal.throwIfAborted();
  const credential = await credentialOf(
    navigator.credentials.get({
      publicKey: {
        challenge: bytesOf(question.challenge),
        rpId: question.rp_id,
        userVerification: "required",
        timeout: question.timeout_ms,
      },
      ...(asking === undefined ? {} : { signal: asking.signal }),
      ...(asking?.inField ? { mediation: "conditional" as const } : {}),
    }),
  );
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    credential_id: textOf(credential.rawId),
    client_data: textOf(response.clientDataJSON),
    authenticator_data: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    user_handle: textOf(response.userHandle),
  };
}

// A question is good for five minutes, and the page may be open for longer.
const asked_again_ms = 4 * 60_000;

// Offers passkeys in the field for the address, where the browser can, until one was chosen.
// Returns how to stop.
export function offerPasskeys(chosen: (answer: PasskeyAnswer) => void): () => void {
  const over = new AbortController();
  const offer = async () => {
    if (!(await window.PublicKeyCredential?.isConditionalMediationAvailable?.())) return;
    while (!over.signal.aborted) {
      const round = new AbortController();
      const end = () => round.abort();
      const timer = setTimeout(end, asked_again_ms);
      over.signal.addEventListener("abort", end);
      try {
        return chosen(await askForPasskey({ signal: round.signal, inField: true }));
      } catch {
        // Too old: asked again. Anything else, and whoever wants one has the button.
        if (!round.signal.aborted) return;
      } finally {
        clearTimeout(timer);
        over.signal.removeEventListener("abort", end);
      }
    }
  };
  offer().catch(() => {});
  return () => over.abort();
}
