// What the server says about Facebook, under the words of these screens.
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];

export type PageProblem = Schemas["PageProblem"];
export type ScopeState = Schemas["ScopeView"];
export type Lack = Schemas["MissingView"];
export type ShownPage = Schemas["ShownPageView"];
export type Connection = Schemas["ConnectionView"];
export type Backfill = Schemas["BackfillView"];
export type MetaPage = Schemas["PageView"];
export type FormQuestion = Schemas["QuestionView"];
export type MetaForm = Schemas["FormView"];
export type LedgerLine = Schemas["LedgerLine"];
export type Ledger = Schemas["Ledger"];
export type FileResult = Schemas["FileTaken"];
export type DeliveryLead = Schemas["DeliveredLead"];
export type Delivery = Schemas["DeliveryView"];
export type DeliveryResult = Delivery["result"];
export type DeliveryRecord = Schemas["DeliveryWithBody"];
export type DeliveryPage = Schemas["DeliveryViewPage"];
export type Check = Schemas["Check"];
export type CheckState = Check["state"];
export type Fix = Schemas["Fix"];
export type Doctor = Schemas["Checkup"];
export type Delays = Schemas["Delays"];
export type RoundTrip = Schemas["RoundTrip"];
export type StoppedPage = Schemas["Trouble"];
export type MetaApp = Schemas["AppView"];
