#define MS_SRTP3_IMPLEMENTATION
#include <srtp.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Most a packet can grow without an MKI (mediasoup never uses one): the
 * authentication tag, plus for SRTCP the 4 byte E flag and index word. */
#define MS_RTP_GROWTH SRTP_MAX_TAG_LEN
#define MS_RTCP_GROWTH (SRTP_MAX_TAG_LEN + 4)

struct ms_srtp3_policy
{
  srtp2_policy_t policy;
  uint8_t key[SRTP_MAX_KEY_LEN];
  size_t key_len;
  srtp_profile_t profile;
  bool has_profile;
};

static void ms_cleanse(void *ptr, size_t len)
{
  volatile uint8_t *p = ptr;

  while (len--)
  {
    *p++ = 0;
  }
}

srtp_err_status_t ms_srtp3_policy_create(srtp_policy_t *policy)
{
  if (policy == NULL)
  {
    return srtp_err_status_bad_param;
  }

  *policy = calloc(1, sizeof(**policy));

  return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

void ms_srtp3_policy_destroy(srtp_policy_t policy)
{
  if (policy != NULL)
  {
    ms_cleanse(policy, sizeof(*policy));
    free(policy);
  }
}

srtp_err_status_t ms_srtp3_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
  if (policy == NULL)
  {
    return srtp_err_status_bad_param;
  }

  policy->policy.ssrc = ssrc;

  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp3_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
  if (policy == NULL)
  {
    return srtp_err_status_bad_param;
  }

  /* For srtp_profile_aes128_cm_sha1_32 the RTCP side keeps the 80 bit tag, as
   * RFC 5764 says and as libsrtp 3 does. */
  srtp_err_status_t err =
    srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);

  if (err != srtp_err_status_ok)
  {
    return err;
  }

  err = srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);

  if (err != srtp_err_status_ok)
  {
    return err;
  }

  policy->profile     = profile;
  policy->has_profile = true;

  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp3_policy_add_key(
  srtp_policy_t policy,
  const uint8_t *key,
  size_t key_len,
  const uint8_t *salt,
  size_t salt_len,
  const uint8_t *mki,
  size_t mki_len)
{
  (void)mki;

  /* One key and no MKI is all that mediasoup asks for; refuse the rest rather
   * than get it wrong. 2.x reads as many bytes of key as the profile wants, so
   * the lengths must agree with it. */
  if (
    policy == NULL || key == NULL || salt == NULL || mki_len != 0 || policy->key_len != 0 ||
    !policy->has_profile ||
    key_len != srtp_profile_get_master_key_length(policy->profile) ||
    salt_len != srtp_profile_get_master_salt_length(policy->profile) ||
    key_len + salt_len > sizeof(policy->key))
  {
    return srtp_err_status_bad_param;
  }

  memcpy(policy->key, key, key_len);
  memcpy(policy->key + key_len, salt, salt_len);
  policy->key_len = key_len + salt_len;

  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp3_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
  if (policy == NULL)
  {
    return srtp_err_status_bad_param;
  }

  policy->policy.allow_repeat_tx = allow ? 1 : 0;

  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp3_policy_set_window_size(srtp_policy_t policy, size_t window_size)
{
  if (policy == NULL)
  {
    return srtp_err_status_bad_param;
  }

  policy->policy.window_size = window_size;

  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp3_create(srtp_t *session, srtp_policy_t policy)
{
  if (session == NULL || policy == NULL || policy->key_len == 0)
  {
    return srtp_err_status_bad_param;
  }

  /* 2.x derives its session keys here and keeps no pointer to ours. */
  policy->policy.key  = policy->key;
  policy->policy.next = NULL;

  const srtp_err_status_t err = srtp_create(session, &policy->policy);

  policy->policy.key = NULL;

  return err;
}

srtp_err_status_t ms_srtp3_stream_remove(srtp_t session, uint32_t ssrc)
{
  /* Network byte order in both. */
  return srtp_remove_stream(session, ssrc);
}

typedef srtp_err_status_t (*ms_in_place_fn)(srtp_t ctx, void *hdr, int *len);

static srtp_err_status_t ms_in_place(
  ms_in_place_fn fn, srtp_t ctx, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len, size_t growth)
{
  if (in == NULL || out == NULL || out_len == NULL || in_len > (size_t)INT_MAX - growth)
  {
    return srtp_err_status_bad_param;
  }

  if (*out_len < in_len + growth)
  {
    return srtp_err_status_buffer_small;
  }

  if (out != in)
  {
    memmove(out, in, in_len);
  }

  int len                     = (int)in_len;
  const srtp_err_status_t err = fn(ctx, out, &len);

  if (err == srtp_err_status_ok)
  {
    *out_len = (size_t)len;
  }

  return err;
}

srtp_err_status_t ms_srtp3_protect(
  srtp_t ctx, const uint8_t *rtp, size_t rtp_len, uint8_t *srtp, size_t *srtp_len, size_t mki_index)
{
  (void)mki_index;

  return ms_in_place(srtp_protect, ctx, rtp, rtp_len, srtp, srtp_len, MS_RTP_GROWTH);
}

srtp_err_status_t ms_srtp3_unprotect(
  srtp_t ctx, const uint8_t *srtp, size_t srtp_len, uint8_t *rtp, size_t *rtp_len)
{
  return ms_in_place(srtp_unprotect, ctx, srtp, srtp_len, rtp, rtp_len, 0);
}

srtp_err_status_t ms_srtp3_protect_rtcp(
  srtp_t ctx, const uint8_t *rtcp, size_t rtcp_len, uint8_t *srtcp, size_t *srtcp_len, size_t mki_index)
{
  (void)mki_index;

  return ms_in_place(srtp_protect_rtcp, ctx, rtcp, rtcp_len, srtcp, srtcp_len, MS_RTCP_GROWTH);
}

srtp_err_status_t ms_srtp3_unprotect_rtcp(
  srtp_t ctx, const uint8_t *srtcp, size_t srtcp_len, uint8_t *rtcp, size_t *rtcp_len)
{
  return ms_in_place(srtp_unprotect_rtcp, ctx, srtcp, srtcp_len, rtcp, rtcp_len, 0);
}
