// On shift or paused: oneself, and the people one gives leads to.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { meQuery } from "../accounts/accounts";
import { answerOf, api } from "../api/client";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";

type Shift = { id: string; is_paused: boolean };

export function useSetAvailability() {
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  return useMutation({
    mutationFn: ({ id, is_paused }: Shift) => {
      const body = { is_paused };
      return id === cache.getQueryData(meQuery.queryKey)?.user.id
        ? answerOf(api.PUT("/api/v1/me/availability", { body }))
        : answerOf(
            api.PUT("/api/v1/members/{id}/availability", { params: { path: { id } }, body }),
          );
    },
    onError: (problem) => toasts.show({ text: reasonOf(problem) }),
    // Other screens hear of it by the stream; this one does not wait for it.
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: meQuery.queryKey }),
        cache.invalidateQueries({ queryKey: ["people"] }),
      ]),
  });
}
