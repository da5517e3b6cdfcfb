// English behind the door. Imported by what every signed-in screen stands in, so that the texts are
// here with it.
import en from "./en.json";
import { i18n } from "./i18n";

i18n.addResourceBundle("en", "translation", en, true);
