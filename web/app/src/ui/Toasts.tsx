import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import styles from "./Toasts.module.css";

type Toast = {
  text: string;
  // Takes back what was done; offered for ten seconds.
  undo?: () => void;
  action?: { label: string; act: () => void };
  // Stays until it is closed.
  important?: boolean;
};
type Shown = Toast & { id: number };

const ToastContext = createContext<{ show: (toast: Toast) => void } | undefined>(undefined);

export function useToasts() {
  const toasts = useContext(ToastContext);
  if (toasts === undefined) throw new Error("Toasts are shown inside a ToastArea.");
  return toasts;
}

const atMost = 2;
const seconds = 10;
let lastId = 0;

export function ToastArea({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const show = useCallback((toast: Toast) => {
    lastId += 1;
    const next = { ...toast, id: lastId };
    setShown((before) => [...before, next].slice(-atMost));
  }, []);
  const close = useCallback(
    (id: number) => setShown((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  const toasts = useMemo(() => ({ show }), [show]);

  return (
    <ToastContext value={toasts}>
      {children}
      <div className={styles.area} role="status" aria-live="polite">
        {shown.map((toast) => (
          <OneToast key={toast.id} toast={toast} close={close} />
        ))}
      </div>
    </ToastContext>
  );
}

function OneToast({ toast, close }: { toast: Shown; close: (id: number) => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(seconds);
  const [held, setHeld] = useState(false);
  const { id, important = false } = toast;

  useEffect(() => {
    if (important || held) return;
    if (left === 0) {
      close(id);
      return;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, held, important, id, close]);

  const actions = [
    ...(toast.undo ? [{ label: t("toast.undo"), act: toast.undo }] : []),
    ...(toast.action ? [toast.action] : []),
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pausing under the pointer is an extra, not a control
    <div
      className={styles.toast}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
    >
      <span className={styles.text}>{toast.text}</span>
      {actions.map(({ label, act }) => (
        <button
          key={label}
          type="button"
          className={styles.action}
          onClick={() => {
            close(id);
            act();
          }}
        >
          {label}
        </button>
      ))}
      {toast.undo && (
        <span className={styles.left} aria-hidden="true">
          {left}
        </span>
      )}
      {!toast.undo && (
        <button type="button" className={styles.action} onClick={() => close(id)}>
          {t("toast.close")}
        </button>
      )}
    </div>
  );
}
