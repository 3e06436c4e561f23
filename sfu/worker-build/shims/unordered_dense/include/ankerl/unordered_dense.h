/*
 * A stand-in for the parts of ankerl::unordered_dense that mediasoup-worker uses: map, set and hash. Written from
 * that library's documented behaviour, without its code. As there, entries live densely in a vector, so that
 *   - iteration goes in insertion order;
 *   - erase() moves the last entry into the hole and returns an iterator to that same position;
 *   - value_type of a map is std::pair<Key, T> (the key is not const).
 * The index from key to position is a std::unordered_map: a second copy of each key and a node per entry.
 */
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ankerl
{
  namespace unordered_dense
  {
    namespace detail
    {
      inline uint64_t mix(uint64_t value) noexcept
      {
        const auto product =
          static_cast<unsigned __int128>(value) * UINT64_C(0x9E3779B97F4A7C15);

        return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64U);
      }

      struct NoMapped
      {
      };
    } // namespace detail

    template<typename T, typename Enable = void>
    struct hash
    {
      auto operator()(const T& value) const noexcept(noexcept(std::hash<T>{}(value))) -> uint64_t
      {
        return std::hash<T>{}(value);
      }
    };

    template<typename T>
    struct hash<T, std::enable_if_t<std::is_integral_v<T> || std::is_enum_v<T>>>
    {
      auto operator()(T value) const noexcept -> uint64_t
      {
        return detail::mix(static_cast<uint64_t>(value));
      }
    };

    template<typename T>
    struct hash<T*>
    {
      auto operator()(T* value) const noexcept -> uint64_t
      {
        return detail::mix(static_cast<uint64_t>(reinterpret_cast<uintptr_t>(value)));
      }
    };

    namespace detail
    {
      template<typename Key, typename T, typename Hash, typename KeyEqual>
      class Table
      {
      protected:
        static constexpr bool IsMap = !std::is_same_v<T, NoMapped>;

      public:
        using key_type        = Key;
        using value_type      = std::conditional_t<IsMap, std::pair<Key, T>, Key>;
        using size_type       = size_t;
        using difference_type = std::ptrdiff_t;
        using hasher          = Hash;
        using key_equal       = KeyEqual;
        using reference       = value_type&;
        using const_reference = const value_type&;
        using container_type  = std::vector<value_type>;
        using const_iterator  = typename container_type::const_iterator;
        // As in the original, entries of a set cannot be changed in place.
        using iterator =
          std::conditional_t<IsMap, typename container_type::iterator, const_iterator>;

      public:
        Table() = default;

        Table(std::initializer_list<value_type> values)
        {
          this->insert(values.begin(), values.end());
        }

        template<typename InputIt>
        Table(InputIt first, InputIt last)
        {
          this->insert(first, last);
        }

        Table(const Table&)            = default;
        Table& operator=(const Table&) = default;

        // A moved-from table is left empty (and consistent), as in the original.
        Table(Table&& other) noexcept
          : values(std::move(other.values)), index(std::move(other.index))
        {
          other.clear();
        }

        Table& operator=(Table&& other) noexcept
        {
          if (this != std::addressof(other))
          {
            this->values = std::move(other.values);
            this->index  = std::move(other.index);
            other.clear();
          }

          return *this;
        }

        Table& operator=(std::initializer_list<value_type> values)
        {
          this->clear();
          this->insert(values.begin(), values.end());

          return *this;
        }

        ~Table() = default;

      public:
        iterator begin() noexcept
        {
          return this->values.begin();
        }
        const_iterator begin() const noexcept
        {
          return this->values.begin();
        }
        const_iterator cbegin() const noexcept
        {
          return this->values.cbegin();
        }
        iterator end() noexcept
        {
          return this->values.end();
        }
        const_iterator end() const noexcept
        {
          return this->values.end();
        }
        const_iterator cend() const noexcept
        {
          return this->values.cend();
        }

        [[nodiscard]] bool empty() const noexcept
        {
          return this->values.empty();
        }
        [[nodiscard]] size_t size() const noexcept
        {
          return this->values.size();
        }

        void clear() noexcept
        {
          this->index.clear();
          this->values.clear();
        }

        void reserve(size_t capacity)
        {
          this->values.reserve(capacity);
          this->index.reserve(capacity);
        }

        iterator find(const Key& key)
        {
          const auto it = this->index.find(key);

          return it == this->index.end() ? this->end() : this->At(it->second);
        }
        const_iterator find(const Key& key) const
        {
          const auto it = this->index.find(key);

          return it == this->index.end()
                   ? this->end()
                   : this->begin() + static_cast<difference_type>(it->second);
        }

        [[nodiscard]] bool contains(const Key& key) const
        {
          return this->index.find(key) != this->index.end();
        }
        [[nodiscard]] size_t count(const Key& key) const
        {
          return this->contains(key) ? 1U : 0U;
        }

        std::pair<iterator, bool> insert(const value_type& value)
        {
          return this->Emplace(KeyOf(value), value);
        }
        std::pair<iterator, bool> insert(value_type&& value)
        {
          return this->Emplace(KeyOf(value), std::move(value));
        }
        template<typename InputIt>
        void insert(InputIt first, InputIt last)
        {
          for (; first != last; ++first)
          {
            this->insert(value_type(*first));
          }
        }
        void insert(std::initializer_list<value_type> list)
        {
          this->insert(list.begin(), list.end());
        }

        template<typename... Args>
        std::pair<iterator, bool> emplace(Args&&... args)
        {
          return this->insert(value_type(std::forward<Args>(args)...));
        }

        iterator erase(const_iterator position)
        {
          const auto hole = static_cast<size_t>(position - this->cbegin());

          this->Remove(this->index.find(KeyOf(this->values[hole])));

          return this->At(hole);
        }
        template<
          typename It = iterator,
          typename    = std::enable_if_t<!std::is_same_v<It, const_iterator>>>
        iterator erase(It position)
        {
          return this->erase(const_iterator(position));
        }
        iterator erase(const_iterator first, const_iterator last)
        {
          const auto start = static_cast<size_t>(first - this->cbegin());

          for (auto idx = static_cast<size_t>(last - this->cbegin()); idx > start; --idx)
          {
            this->erase(this->cbegin() + static_cast<difference_type>(idx - 1));
          }

          return this->At(start);
        }
        size_t erase(const Key& key)
        {
          const auto it = this->index.find(key);

          if (it == this->index.end())
          {
            return 0U;
          }

          this->Remove(it);

          return 1U;
        }

        void swap(Table& other) noexcept
        {
          std::swap(this->values, other.values);
          std::swap(this->index, other.index);
        }

        friend bool operator==(const Table& a, const Table& b)
        {
          if (a.size() != b.size())
          {
            return false;
          }

          for (const auto& value : a.values)
          {
            const auto it = b.find(KeyOf(value));

            if (it == b.end() || !(*it == value))
            {
              return false;
            }
          }

          return true;
        }

      protected:
        using Index = std::unordered_map<Key, size_t, Hash, KeyEqual>;

        static const Key& KeyOf(const value_type& value) noexcept
        {
          if constexpr (IsMap)
          {
            return value.first;
          }
          else
          {
            return value;
          }
        }

        iterator At(size_t idx)
        {
          return this->begin() + static_cast<difference_type>(idx);
        }

        // Adds value_type(args...), whose key is the given one, unless there.
        template<typename... Args>
        std::pair<iterator, bool> Emplace(const Key& key, Args&&... args)
        {
          const auto [it, inserted] = this->index.try_emplace(key, this->values.size());

          if (inserted)
          {
            try
            {
              this->values.emplace_back(std::forward<Args>(args)...);
            }
            catch (...)
            {
              this->index.erase(it);

              throw;
            }
          }

          return { this->At(it->second), inserted };
        }

        // NOTE: The key given to erase() may live inside the entry that goes
        // away, so it is not looked at from here on.
        void Remove(typename Index::iterator it)
        {
          const size_t hole = it->second;
          const size_t last = this->values.size() - 1;

          this->index.erase(it);

          if (hole != last)
          {
            this->index.find(KeyOf(this->values[last]))->second = hole;

            // The entry that goes away is destroyed only once the table is
            // consistent again.
            std::swap(this->values[hole], this->values[last]);
          }

          this->values.pop_back();
        }

      protected:
        container_type values;
        Index index;
      };
    } // namespace detail

    template<
      typename Key,
      typename T,
      typename Hash     = hash<Key>,
      typename KeyEqual = std::equal_to<Key>>
    class map : public detail::Table<Key, T, Hash, KeyEqual>
    {
      using Base = detail::Table<Key, T, Hash, KeyEqual>;

    public:
      using mapped_type = T;
      using typename Base::iterator;
      using Base::Base;
      using Base::operator=;

      map()                      = default;
      map(const map&)            = default;
      map(map&&)                 = default;
      map& operator=(const map&) = default;
      map& operator=(map&&)      = default;
      ~map()                     = default;

    public:
      template<typename... Args>
      std::pair<iterator, bool> try_emplace(const Key& key, Args&&... args)
      {
        return this->Emplace(
          key,
          std::piecewise_construct,
          std::forward_as_tuple(key),
          std::forward_as_tuple(std::forward<Args>(args)...));
      }

      template<typename M>
      std::pair<iterator, bool> insert_or_assign(const Key& key, M&& mapped)
      {
        auto result = this->try_emplace(key, std::forward<M>(mapped));

        if (!result.second)
        {
          // Not moved from: try_emplace() leaves its arguments alone then.
          result.first->second = std::forward<M>(mapped);
        }

        return result;
      }

      T& operator[](const Key& key)
      {
        return this->try_emplace(key).first->second;
      }

      T& at(const Key& key)
      {
        const auto it = this->find(key);

        if (it == this->end())
        {
          throw std::out_of_range("ankerl::unordered_dense::map::at(): key not found");
        }

        return it->second;
      }
      const T& at(const Key& key) const
      {
        return const_cast<map*>(this)->at(key);
      }
    };

    template<typename Key, typename Hash = hash<Key>, typename KeyEqual = std::equal_to<Key>>
    class set : public detail::Table<Key, detail::NoMapped, Hash, KeyEqual>
    {
      using Base = detail::Table<Key, detail::NoMapped, Hash, KeyEqual>;

    public:
      using Base::Base;
      using Base::operator=;

      set()                      = default;
      set(const set&)            = default;
      set(set&&)                 = default;
      set& operator=(const set&) = default;
      set& operator=(set&&)      = default;
      ~set()                     = default;
    };
  } // namespace unordered_dense
} // namespace ankerl

